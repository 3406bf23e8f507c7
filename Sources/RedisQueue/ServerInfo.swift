/// The lines `name:value` of INFO.
struct ServerInfo: Sendable, Hashable {
  private var values: [String: String] = [:]

  /// What `text` holds.
  init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      values[String(line[..<colon])] = String(line[line.index(after: colon)...])
    }
  }

  /// The value of `name`, where the server tells it.
  subscript(name: String) -> String? { values[name] }

  /// The whole number in `name`.
  func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}
