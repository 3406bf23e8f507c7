import Foundation

/// What commands read by name: files and pipes.
enum InputFile {
  /// More than any file that Chromatic writes; a device would go on for ever.
  private static let largest = 1 << 30

  /// All that stands at `path`, in which `expected` should stand.
  static func read(_ path: String, expected: String) throws(CommandError) -> Data {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path, expected, String(cString: strerror(errno))) }
    defer { close(file) }
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path, expected, String(cString: strerror(errno))) }
      guard count > 0 else { return data }
      data.append(contentsOf: buffer[..<count])
      guard data.count <= largest else { throw unreadable(path, expected, "more than a GiB") }
    }
  }

  private static func unreadable(
    _ path: String, _ expected: String, _ reason: String
  ) -> CommandError {
    let name = path.isEmpty ? "a file without a name" : path
    return .data("\(name) cannot be read: expected \(expected) (\(reason))")
  }
}
