import Foundation

/// JSON as Foundation reads it, but for objects with a key that stands twice, and with the line of what is no
/// JSON.
public enum StrictJSON {
  /// The value in `data`, UTF-8; throws a `JSONFault`, else what `JSONDecoder` throws.
  public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    if let error = JSONSyntaxError(encoding: data) { throw error }
    try check(data)
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch DecodingError.dataCorrupted(let context) {
      throw JSONSyntaxError(data) ?? DecodingError.dataCorrupted(context)
    }
  }

  /// Throws if a key stands twice in one object; text that is no JSON is left to its decoder.
  public static func check(_ data: Data) throws(RepeatedKey) {
    var scanner = KeyScanner(data)
    if let repeated = scanner.firstRepetition() { throw repeated }
  }
}

/// A key that one object has twice, of which a decoder would silently take one.
public struct RepeatedKey: JSONFault, Hashable {
  /// The keys that lead to the object, then the key, with dots between.
  public let path: String
  /// Where it stands first and again, from 1.
  public let lines: [Int]

  /// One line without the file's name.
  public var description: String {
    lines[0] == lines[1]
      ? "key '\(path)' stands twice in line \(lines[0]): leave one of them"
      : "key '\(path)' stands in lines \(lines[0]) and \(lines[1]): leave one of them"
  }
}
