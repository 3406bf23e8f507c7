import Foundation

/// A secret that no description, interpolation or dump shows.
public struct RedisPassword: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  let secret: String

  /// The password `secret`.
  public init(_ secret: String) { self.secret = secret }

  /// The first line of the file at `path`.
  public init(file path: String) throws(RedisURL.ParseError) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw RedisURL.ParseError(
        "the password file \(path) cannot be read as text: check its path and permissions")
    }
    guard let line = text.split(whereSeparator: \.isNewline).first, !line.isEmpty else {
      throw RedisURL.ParseError("the password file \(path) is empty: write the password in it")
    }
    self.init(String(line))
  }

  /// Dots, whatever the secret.
  public var description: String { "•••" }
  /// No children.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
