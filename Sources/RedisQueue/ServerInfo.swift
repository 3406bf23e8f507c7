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

  /// Whether it says that somebody, be it the server itself, was not allowed a command.
  var tellsOfRefusals: Bool { self["errorstat_NOPERM"] != nil }

  /// Commands of its own append-only file that the server was not allowed: refusals that it counts in all,
  /// less those that it counts of the clients' commands.
  var refusedOfFile: Int {
    let all = part("count", of: "errorstat_NOPERM") ?? 0
    let commands = values.keys.filter { $0.hasPrefix("cmdstat_") }
    guard all > 0, !commands.isEmpty else { return 0 }
    return max(0, all - commands.reduce(0) { $0 + (part("rejected_calls", of: $1) ?? 0) })
  }

  /// The number `part` in a value such as `calls=1,rejected_calls=0`.
  private func part(_ part: String, of name: String) -> Int? {
    self[name]?.split(separator: ",").first { $0.hasPrefix("\(part)=") }
      .flatMap { Int($0.dropFirst(part.count + 1)) }
  }
}
