import ExactArithmetic
import RunQueue

/// Doubles as text: comma-separated, each in the shortest form that reads back exactly.
enum NumberList {
  static func text(_ values: [Double]) -> String {
    var text = ""
    text.reserveCapacity(20 * values.count)
    for (index, value) in values.enumerated() {
      if index > 0 { text.append(",") }
      value.write(to: &text)
    }
    return text
  }

  /// Nil unless there are finite numbers only; none make the empty text.
  static func parse(_ text: String) -> [Double]? {
    parse(text, count: text.isEmpty ? 0 : 1 + text.utf8.count { $0 == comma })
  }

  /// Nil unless there are exactly `count` finite numbers.
  static func parse(_ text: String, count: Int) -> [Double]? {
    var text = text
    return text.withUTF8 { parse($0[...], count: count) }
  }

  /// Nil unless there are exactly `count` finite numbers.
  static func parse(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, count: Int) -> [Double]? {
    guard count > 0 else { return bytes.isEmpty ? [] : nil }
    var values: [Double] = []
    values.reserveCapacity(count)
    var rest = bytes
    while values.count < count {
      let end = values.count + 1 < count ? rest.firstIndex(of: comma) : rest.endIndex
      guard let end, let value = Double(decimal: rest[..<end]), value.isFinite else { return nil }
      values.append(value)
      rest = rest[end...].dropFirst()
    }
    return values
  }

  private static let comma = UInt8(ascii: ",")
}

extension Fields {
  /// The `count` finite numbers in `field`.
  func numbers(_ field: String, count: Int) throws(DamagedFields) -> [Double] {
    guard let values = NumberList.parse(try text(field), count: count) else {
      throw DamagedFields(field: field, reason: "does not hold \(count) finite numbers")
    }
    return values
  }
}
