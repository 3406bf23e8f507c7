/// Bits written one number after the other, the lowest bit of a byte first.
struct BitString {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  /// Appends the low `width` bits of `value`.
  mutating func append(_ value: Int, width: Int) {
    for bit in 0..<width {
      if count % 8 == 0 { bytes.append(0) }
      if value >> bit & 1 == 1 { bytes[count / 8] |= 1 << UInt8(count % 8) }
      count += 1
    }
  }

  /// The `width` bits from bit `start` on, which must exist.
  static func number(in bytes: some RandomAccessCollection<UInt8>, at start: Int, width: Int)
    -> Int
  {
    (0..<width).reduce(0) { value, bit in
      let position = start + bit
      let byte = bytes[bytes.index(bytes.startIndex, offsetBy: position / 8)]
      return value | Int(byte >> UInt8(position % 8) & 1) << bit
    }
  }
}
