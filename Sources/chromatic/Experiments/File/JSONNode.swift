import Foundation
import StrictJSON

/// A value in a JSON file with the path of keys that leads to it, so that a mistake in it is named.
struct JSONNode {
  /// The file, as it was given.
  let file: String
  /// As in `series[0].settings.sigma`; empty for the whole file.
  let path: String
  let value: JSONValue

  private init(file: String, path: String, _ value: JSONValue) {
    self.file = file
    self.path = path
    self.value = value
  }

  /// The value of the whole of `data`, which `file` holds.
  init(_ data: Data, file: String) throws(CommandError) {
    do {
      self.init(file: file, path: "", try StrictJSON.decode(JSONValue.self, from: data))
    } catch let error as any JSONFault {
      throw .data("\(file): \(error)")
    } catch {
      throw .data("\(file) is no JSON: \(error)")
    }
  }

  /// That something else than `expected` stands here.
  func mistake(_ expected: String) -> CommandError {
    .data("\(file): \(path.isEmpty ? "the file" : path) is \(value), expected \(expected)")
  }

  /// The members of an object, all of whose keys have to be among `keys`.
  func members(_ keys: [String]) throws(CommandError) -> [String: JSONNode] {
    let members = try members()
    if let stranger = members.keys.sorted().first(where: { !keys.contains($0) }) {
      let place = path.isEmpty ? stranger : "\(path).\(stranger)"
      throw .data(
        "\(file): \(place) is no key here, expected \(keys.joined(separator: ", "))")
    }
    return members
  }

  /// The members of an object with any keys.
  func members() throws(CommandError) -> [String: JSONNode] {
    guard case .object(let values) = value else { throw mistake("an object") }
    var members: [String: JSONNode] = [:]
    for (key, value) in values {
      members[key] = JSONNode(file: file, path: path.isEmpty ? key : "\(path).\(key)", value)
    }
    return members
  }

  /// The elements of a list.
  func elements(_ expected: String) throws(CommandError) -> [JSONNode] {
    guard case .list(let values) = value else { throw mistake(expected) }
    return values.enumerated().map {
      JSONNode(file: file, path: "\(path)[\($0.offset)]", $0.element)
    }
  }

  /// A text.
  func text(_ expected: String = "a text") throws(CommandError) -> String {
    guard case .text(let text) = value, !text.isEmpty else { throw mistake(expected) }
    return text
  }

  /// A number.
  func number() throws(CommandError) -> Double {
    guard case .number(let text) = value, let number = Double(text) else {
      throw mistake("a number")
    }
    return number
  }

  /// A whole number in `range`.
  func integer(in range: ClosedRange<Int>) throws(CommandError) -> Int {
    guard case .number(let text) = value, let number = Int(text), range.contains(number) else {
      throw mistake("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// True or false.
  func flag() throws(CommandError) -> Bool {
    guard case .flag(let flag) = value else { throw mistake("true or false") }
    return flag
  }
}

/// Any JSON value; numbers as people write them.
enum JSONValue: Decodable, CustomStringConvertible {
  case object([String: JSONValue])
  case list([JSONValue])
  case text(String)
  case number(String)
  case flag(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int.self) {
      self = .number("\(number)")
    } else if let number = try? container.decode(Double.self) {
      self = .number("\(number)")
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var description: String {
    switch self {
    case .object: "an object"
    case .list: "a list"
    case .text(let text): "'\(text)'"
    case .number(let text): text
    case .flag(let flag): "\(flag)"
    case .null: "null"
    }
  }
}
