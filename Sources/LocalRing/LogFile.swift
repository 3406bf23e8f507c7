import Foundation

/// A child process's log.
struct LogFile: Sendable {
  let path: String

  /// Its last line that is not blank.
  var lastLine: String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    let end = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
      .map(String.init)
  }
}
