import Foundation
import StrictJSON

/// What a task file says: options by name, each value as `--env-option` would give it.
struct TaskDeclaration: Sendable {
  /// The file, for errors.
  let path: String
  /// All of the file.
  let bytes: Data
  /// The options; those of a group such as `healthy_joint_ranges` as `group.name`.
  let values: [String: String]

  /// The declaration in the JSON file at `path`.
  init(path: String) throws(EnvironmentError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw EnvironmentError(
        .invalidDeclaration,
        "there is no task file \(path): write one beside the model, {} for every default")
    }
    self.path = path
    self.bytes = bytes
    values = try Self.values(in: bytes, path)
  }

  /// The task file beside the model at `path`: `robot.task.json` beside `robot.xml`.
  static func path(besideModel path: String) -> String {
    (path as NSString).deletingPathExtension + ".task.json"
  }

  private static func values(
    in bytes: Data, _ path: String
  ) throws(EnvironmentError) -> [String: String] {
    do {
      let options = try StrictJSON.decode([String: DeclaredValue].self, from: bytes)
      return try Self.flat(options, path)
    } catch let error as EnvironmentError {
      throw error
    } catch let error as any JSONFault {
      throw EnvironmentError(.invalidDeclaration, "\(path): \(error)")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw EnvironmentError(.invalidDeclaration, "\(path): \(key) is \(context.debugDescription)")
    } catch {
      throw EnvironmentError(
        .invalidDeclaration,
        "\(path) is no task file: expected one JSON object such as {\"body\": \"torso\"}")
    }
  }
}

extension TaskDeclaration {
  /// Every option once; one of a group may be given as `group.name`, too.
  private static func flat(
    _ options: [String: DeclaredValue], _ path: String
  ) throws(EnvironmentError) -> [String: String] {
    var values: [String: String] = [:]
    for (key, value) in options.sorted(by: { $0.key < $1.key }) {
      for (name, text) in value.texts(of: key) {
        guard values.updateValue(text, forKey: name) == nil else {
          throw EnvironmentError(
            .invalidDeclaration,
            "\(path): \(name) is given within \(name.prefix { $0 != "." }) and by itself: leave one "
              + "of them")
        }
      }
    }
    return values
  }
}

/// The value of one key of a task file.
private enum DeclaredValue: Decodable {
  case single(String)
  case group([String: String])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = Self.text(in: container) {
      self = .single(text)
    } else if let bounds = try? container.decode(Bounds.self) {
      self = .single(bounds.text)
    } else if let names = try? container.decode([String].self) {
      self = .single(names.joined(separator: ","))
    } else if let group = try? container.decode([String: Bounds].self) {
      self = .group(group.mapValues(\.text))
    } else if let weights = try? container.decode([String: Double].self) {
      self = .group(weights.mapValues { "\($0)" })
    } else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "neither a number, a text, true or false, two numbers, nor names")
    }
  }

  /// The options it gives, by name.
  func texts(of key: String) -> [(name: String, text: String)] {
    switch self {
    case .single(let text): [(key, text)]
    case .group(let texts): texts.map { ("\(key).\($0.key)", $0.value) }
    }
  }

  private static func text(in container: any SingleValueDecodingContainer) -> String? {
    if let flag = try? container.decode(Bool.self) { return String(flag) }
    if let number = try? container.decode(Int.self) { return String(number) }
    if let number = try? container.decode(Double.self) { return String(number) }
    return try? container.decode(String.self)
  }

  /// Two numbers; null leaves that side open.
  private struct Bounds: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let bounds = try container.decode([Double?].self)
      guard bounds.count == 2 else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not two numbers")
      }
      text = "\(bounds[0] ?? -.infinity),\(bounds[1] ?? .infinity)"
    }
  }
}
