import Foundation

/// The processes of this machine as `/proc` shows them.
enum ProcessTable {
  /// The living children of a process.
  static func children(of parent: pid_t) -> [pid_t] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { pid_t($0) }.filter { status(of: $0)?.parent == parent }
  }

  /// Whether a process still runs; one that ended and was not yet reaped does not.
  static func isAlive(_ process: pid_t) -> Bool {
    guard let state = status(of: process)?.state else { return false }
    return state != "Z" && state != "X"
  }

  /// The words a process was started with.
  static func command(of process: pid_t) -> [String] {
    let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func status(of process: pid_t) -> (state: Substring, parent: pid_t)? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let words = text[text.index(after: name)...].split(separator: " ")
    guard words.count > 1, let parent = pid_t(words[1]) else { return nil }
    return (words[0], parent)
  }
}
