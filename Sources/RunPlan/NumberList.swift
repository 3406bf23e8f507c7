import RunQueue

/// Doubles as text: comma-separated, each in the shortest form that reads back exactly.
enum NumberList {
  static func text(_ values: [Double]) -> String {
    values.map(\.description).joined(separator: ",")
  }

  /// Nil unless there are finite numbers only; none make the empty text.
  static func parse(_ text: Substring) -> [Double]? {
    parse(text, count: text.isEmpty ? 0 : 1 + text.utf8.count { $0 == UInt8(ascii: ",") })
  }

  /// Nil unless there are exactly `count` finite numbers.
  static func parse(_ text: Substring, count: Int) -> [Double]? {
    if count == 0 { return text.isEmpty ? [] : nil }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == count else { return nil }
    var values: [Double] = []
    values.reserveCapacity(count)
    for part in parts {
      guard let value = Double(part), value.isFinite else { return nil }
      values.append(value)
    }
    return values
  }
}

extension Fields {
  /// The `count` finite numbers in `field`.
  func numbers(_ field: String, count: Int) throws(DamagedFields) -> [Double] {
    guard let values = NumberList.parse(try text(field)[...], count: count) else {
      throw DamagedFields(field: field, reason: "does not hold \(count) finite numbers")
    }
    return values
  }
}
