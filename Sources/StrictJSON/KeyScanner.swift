import Foundation

/// Finds keys that stand twice in an object, without building anything.
///
/// It knows strings, brackets and commas, which is all that keys depend on in sound JSON.
struct KeyScanner {
  private enum Container {
    /// The lines of the keys so far, and the key whose value is being read.
    case object(lines: [String: Int], key: String?)
    case array
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var open: [Container] = []

  init(_ data: Data) { bytes = Array(data) }

  /// The first key that stands again; nil if none does, or from where the text is no JSON.
  mutating func firstRepetition() -> RepeatedKey? {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "{"): open.append(.object(lines: [:], key: nil))
      case UInt8(ascii: "["): open.append(.array)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: ","):
        if case .object(let lines, _) = open.last {
          open[open.count - 1] = .object(lines: lines, key: nil)
        }
      case UInt8(ascii: "\""):
        guard let text = string() else { return nil }
        if let repeated = note(text) { return repeated }
      default: break
      }
    }
    return nil
  }

  /// The bytes of a string whose opening quote was read, quotes included; nil if it does not end.
  private mutating func string() -> ArraySlice<UInt8>? {
    let start = position - 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return bytes[start..<position] }
      if byte == UInt8(ascii: "\\") { position += 1 }
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
    return nil
  }

  /// Notes a string if it is a key; what it repeats, if it does.
  private mutating func note(_ text: ArraySlice<UInt8>) -> RepeatedKey? {
    guard case .object(var lines, nil) = open.last else { return nil }
    // Taken out, so that the dictionary is not copied.
    open[open.count - 1] = .array
    let key = Self.key(text)
    let first = lines.updateValue(line, forKey: key)
    open[open.count - 1] = .object(lines: lines, key: key)
    return first.map { RepeatedKey(path: path, lines: [$0, line]) }
  }

  /// The key as a decoder reads it: `\u0061` is `a`.
  private static func key(_ text: ArraySlice<UInt8>) -> String {
    if text.contains(UInt8(ascii: "\\")),
      let key = try? JSONDecoder().decode(String.self, from: Data(text))
    {
      return key
    }
    return String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
  }

  private var path: String {
    open.compactMap { container in
      if case .object(_, let key) = container { key } else { nil }
    }.joined(separator: ".")
  }
}
