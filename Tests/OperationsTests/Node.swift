import Foundation

/// A YAML or JSON document.
@dynamicMemberLookup
enum Node: Sendable, Hashable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Node])
  case map([String: Node])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([Node].self) {
      self = .list(list)
    } else {
      self = .map(try value.decode([String: Node].self))
    }
  }

  /// The documents of a YAML stream, read by the Python that `ops/bootstrap --test` installs.
  static func documents(yaml: String) throws -> [Node] {
    let program =
      "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)"
    let command = try ManifestTools.python(["-c", program], input: yaml)
    guard command.code == 0 else { throw Unreadable(description: command.errors) }
    return try JSONDecoder().decode([Node].self, from: Data(command.output.utf8))
  }

  /// The documents of a YAML file below the project's directory.
  static func documents(file: String) throws -> [Node] {
    try documents(yaml: String(contentsOfFile: "\(OperatorCommand.root)/\(file)", encoding: .utf8))
  }

  struct Unreadable: Error, CustomStringConvertible { let description: String }

  subscript(dynamicMember key: String) -> Node { self[key] }

  /// What stands under `key`; null where nothing does.
  subscript(key: String) -> Node {
    if case .map(let map) = self { map[key] ?? .null } else { .null }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var list: [Node] { if case .list(let list) = self { list } else { [] } }
  var map: [String: Node] { if case .map(let map) = self { map } else { [:] } }

  /// The list as texts, where it holds nothing else.
  var texts: [String]? {
    guard case .list(let list) = self else { return nil }
    let texts = list.compactMap(\.text)
    return texts.count == list.count ? texts : nil
  }

  /// This node and all below it.
  var all: [Node] {
    switch self {
    case .list(let list): [self] + list.flatMap(\.all)
    case .map(let map): [self] + map.values.flatMap(\.all)
    default: [self]
    }
  }
}
