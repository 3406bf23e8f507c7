/// LZW as a reader of GIF files undoes it; nil for what is no such stream.
enum LZWReader {
  static func decode(_ bytes: [UInt8]) -> [UInt8]? {
    var bits = BitReader(bytes: bytes)
    var symbols: [UInt8] = []
    var table = Self.fresh
    var width = 9
    var previous: [UInt8]?
    while let code = bits.next(width) {
      if code == 257 { return symbols }
      if code == 256 {
        (table, width, previous) = (Self.fresh, 9, nil)
        continue
      }
      guard code <= table.count, code < table.count || previous != nil else { return nil }
      let entry = code < table.count ? table[code] : (previous ?? []) + (previous?.prefix(1) ?? [])
      symbols += entry
      if let previous, table.count < 4096 { table.append(previous + entry.prefix(1)) }
      if table.count == 1 << width, width < 12 { width += 1 }
      previous = entry
    }
    return nil
  }

  private static let fresh = (0..<256).map { [UInt8($0)] } + [[], []]

  private struct BitReader {
    let bytes: [UInt8]
    var position = 0

    mutating func next(_ width: Int) -> Int? {
      guard position + width <= bytes.count * 8 else { return nil }
      defer { position += width }
      return (0..<width).reduce(0) { code, bit in
        let place = position + bit
        return code | Int(bytes[place / 8] >> (place % 8) & 1) << bit
      }
    }
  }
}
