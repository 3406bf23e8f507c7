import Foundation

/// The protocols of `Sources/RunQueue/Stores` as their source states them.
struct StoreProtocols {
  /// What a protocol inherits and what it adds.
  struct Declaration {
    var inherited: [String]
    /// The names of its own requirements, as `commit(_:of:by:)`.
    var requirements: [String]
  }

  /// Each protocol's declaration by its name.
  let declarations: [String: Declaration]

  /// Reads every file of the directory.
  init() throws {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/RunQueue/Stores").standardizedFileURL
    var found: [String: Declaration] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
      let source = try String(contentsOf: directory.appendingPathComponent(file), encoding: .utf8)
      found.merge(Self.declarations(in: source)) { first, _ in first }
    }
    declarations = found
  }

  /// The protocol and all that it inherits from, near or far.
  func closure(of name: String) -> Set<String> {
    (declarations[name]?.inherited ?? []).reduce(into: [name]) { $0.formUnion(closure(of: $1)) }
  }

  private static func declarations(in source: String) -> [String: Declaration] {
    let code = source.split(separator: "\n").filter {
      !$0.drop { $0 == " " }.hasPrefix("//")
    }.joined(separator: "\n")
    var found: [String: Declaration] = [:]
    for part in code.components(separatedBy: "public protocol ").dropFirst() {
      let head = part.prefix { $0 != "{" }.split { !$0.isLetter && !$0.isNumber }.map(String.init)
      guard let name = head.first, let body = part.components(separatedBy: "\n}").first else {
        continue
      }
      found[name] = Declaration(
        inherited: Array(head.dropFirst()), requirements: functions(in: body) + variables(in: body))
    }
    return found
  }

  private static func variables(in body: String) -> [String] {
    body.components(separatedBy: "var ").dropFirst().map { String($0.prefix { $0 != ":" }) }
  }

  /// The functions' names with their labels.
  private static func functions(in body: String) -> [String] {
    body.components(separatedBy: "func ").dropFirst().map { text in
      let name = text.prefix { $0 != "(" }
      let parameters = text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
      let labels = parameters.split(separator: ",").compactMap { parameter in
        parameter.split { $0 == ":" || $0.isWhitespace }.first.map { "\($0):" }
      }
      return "\(name)(\(labels.joined()))"
    }
  }
}
