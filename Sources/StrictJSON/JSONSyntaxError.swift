import Foundation

/// What is wrong with a text before any of its values counts: it is no JSON, or repeats a key.
public protocol JSONFault: Error, CustomStringConvertible {}

/// A text that is no JSON, with the line where it stops being it.
public struct JSONSyntaxError: JSONFault, Hashable {
  /// One line without the file's name.
  public let description: String

  /// That `data` is not in UTF-8, in which alone keys are compared; nil if it is.
  init?(encoding data: Data) {
    guard String(validating: data, as: UTF8.self) == nil || data.contains(0) else { return nil }
    description = "the text is not UTF-8: save it as UTF-8"
  }

  /// What makes `data`, UTF-8, no JSON; nil if it is JSON of any kind.
  ///
  /// `JSONDecoder` does not say where it stopped, `JSONSerialization` does, in words.
  init?(_ data: Data) {
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      return nil
    } catch {
      let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
      let found = detail.wholeMatch(of: /(?<what>.*?) around character (?<place>\d+)\.?/)
      let place = found.flatMap { Int($0.place) } ?? data.count
      // The byte order mark does not count.
      let text = data.starts(with: [0xef, 0xbb, 0xbf]) ? data.dropFirst(3) : data
      let line = 1 + text.prefix(place).count { $0 == UInt8(ascii: "\n") }
      let what = found.map { String($0.what) } ?? "it ends too early"
      description = "line \(line) is no JSON: " + what.prefix(1).lowercased() + what.dropFirst()
    }
  }
}
