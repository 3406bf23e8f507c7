import Foundation

/// Passwords on the command line, which every user of the machine can read in the list of processes.
enum CommandLineSecret {
  /// Overwrites what stands before the `@` of `url` in this process's arguments, as `ps` shows them,
  /// and warns: until this moment it could be read.
  static func hide(in url: String) {
    overwrite(url)
    StandardStreams.say(
      "warning: the password in --redis can be read in the list of processes until it is hidden: put it into a "
        + "file and name that in CHROMATIC_REDIS_PASSWORD_FILE")
  }

  /// `line` with dots for the password of every URL in it.
  static func removed(from line: String) -> String {
    line.replacing(/:\/\/([^\s:@\/]*):\S*@/) { "://\($0.1):•••@" }
  }

  private static func overwrite(_ url: String) {
    guard let arguments = argumentMemory(), let at = url.utf8.lastIndex(of: UInt8(ascii: "@"))
    else { return }
    let secret = Array(url[..<at].utf8)
    for start in stride(from: 0, through: arguments.count - secret.count, by: 1)
    where arguments[start..<start + secret.count].elementsEqual(secret) {
      for position in start..<start + secret.count { arguments[position] = UInt8(ascii: "*") }
    }
  }

  /// The memory that the kernel shows as this process's arguments: fields 48 and 49 of its status.
  private static func argumentMemory() -> UnsafeMutableRawBufferPointer? {
    guard let status = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return nil }
    // The first field behind the name is the third.
    let fields = status[status.index(after: name)...].split(separator: " ").map { UInt($0) }
    guard fields.count > 46, let start = fields[45], let end = fields[46], start < end else {
      return nil
    }
    return UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(bitPattern: start), count: Int(end - start))
  }
}
