/// A field of a hash that does not hold what it should.
public struct DamagedFields: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field.
  public let field: String
  /// What is wrong with it.
  public let reason: String

  /// Field `field` is wrong in the way `reason` continues the sentence.
  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// `field '…' …`.
  public var description: String { "field '\(field)' \(reason)" }
}

/// Reading hashes with their faults named.
extension Fields {
  /// The value of `field`.
  public func text(_ field: String) throws(DamagedFields) -> String {
    guard let value = self[field] else {
      throw DamagedFields(field: field, reason: "is missing")
    }
    return value
  }

  /// The whole number in `field`.
  public func integer(_ field: String, in range: ClosedRange<Int>) throws(DamagedFields) -> Int {
    guard let value = Int(try text(field)), range.contains(value) else {
      throw DamagedFields(
        field: field,
        reason: "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
