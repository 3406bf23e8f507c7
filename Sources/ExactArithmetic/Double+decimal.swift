/// Doubles from decimal text.
extension Double {
  /// The double nearest to the number that `text` writes, as `Double(String)` reads it; nil if it is none.
  ///
  /// What has at most 19 digits and a power of ten within ±27 is one exact product or quotient of 64-bit
  /// integers, rounded once; all else (other forms, longer or more extreme numbers) is left to `Double(String)`.
  public init?(decimal text: Slice<UnsafeBufferPointer<UInt8>>) {
    if let value = Decimal(text)?.value {
      self = value
    } else {
      self.init(String(decoding: text, as: UTF8.self))
    }
  }
}

/// ±digits · 10^power.
private struct Decimal {
  private var isNegative = false
  private var digits: UInt64 = 0
  private var power = 0

  /// Nil for what is not of the form −12.34e−5 with at most 19 digits and a power within ±27.
  init?(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    var place = text.startIndex
    let end = text.endIndex
    let base = text.base
    if place < end, base[place] == UInt8(ascii: "-") {
      isNegative = true
      place += 1
    }
    let start = place
    var point: Int?
    while place < end {
      let digit = base[place] &- UInt8(ascii: "0")
      if digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
      } else if base[place] == UInt8(ascii: "."), point == nil, place > start {
        point = place
      } else {
        break
      }
      place += 1
    }
    let count = place - start - (point == nil ? 0 : 1)
    if let point {
      power = point + 1 - place
      if power == 0 { return nil }
    }
    guard (1...19).contains(count) else { return nil }
    if place < end {
      guard base[place] == UInt8(ascii: "e"), let exponent = Self.exponent(text[(place + 1)...])
      else { return nil }
      power += exponent
    }
    guard Self.powersOfFive.indices.contains(abs(power)) else { return nil }
  }

  /// The number that at most three digits behind an optional sign write.
  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var text = text
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { text = text.dropFirst() }
    guard (1...3).contains(text.count) else { return nil }
    var value = 0
    for byte in text {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return isNegative ? -value : value
  }

  /// 5ⁿ below 2⁶⁴.
  private static let powersOfFive: [UInt64] = (0...27).map { power in
    (0..<power).reduce(1) { product, _ in product * 5 }
  }

  /// The nearest double, the even one of two.
  var value: Double {
    guard digits != 0 else { return isNegative ? -0.0 : 0 }
    let five = Self.powersOfFive[abs(power)]
    let shifts = (digits: digits.leadingZeroBitCount, five: five.leadingZeroBitCount)
    let (left, right) = (digits << UInt64(shifts.digits), five << UInt64(shifts.five))
    if power < 0 {
      // The dividend is halved until it is below the divisor, so that the quotient has 64 bits.
      let halved = left >= right
      let (quotient, rest) = right.dividingFullWidth(
        halved ? (left >> 1, left << 63) : (left, 0))
      return rounded(
        quotient, isMore: rest != 0,
        exponent: power - shifts.digits + shifts.five - (halved ? 63 : 64))
    }
    var (high, low) = left.multipliedFullWidth(by: right)
    var exponent = power - shifts.digits - shifts.five + 64
    if high.leadingZeroBitCount > 0 {
      (high, low) = (high << 1 | low >> 63, low << 1)
      exponent -= 1
    }
    return rounded(high, isMore: low != 0, exponent: exponent)
  }

  /// ±(`high` + something below 1 if there is more) · 2^`exponent`, rounded to 53 bits.
  ///
  /// - Precondition: the highest bit of `high` is set, and the result is normal.
  private func rounded(_ high: UInt64, isMore: Bool, exponent: Int) -> Double {
    var significand = high >> 11
    let rest = high & 0x7FF
    if rest > 0x400 || rest == 0x400 && (isMore || significand & 1 == 1) { significand += 1 }
    let scale = Double(bitPattern: UInt64(exponent + 11 + 1023) << 52)
    return Double(significand) * (isNegative ? -scale : scale)
  }
}
