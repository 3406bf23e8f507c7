/// LZW with codes of 9 to 12 bits, packed from the lowest bit, as GIF89a defines it (appendix F).
struct LZWEncoder {
  /// Bits of a symbol.
  static let symbolBits = 8
  private static let clear = 256
  private static let end = 257
  private static let mostCodes = 4096

  private var bytes: [UInt8] = []
  private var pending = 0
  private var pendingBits = 0
  private var width = symbolBits + 1
  private var nextCode = end + 1
  private var table = CodeTable()

  /// The symbols, compressed.
  static func encode(_ symbols: [UInt8]) -> [UInt8] {
    var encoder = LZWEncoder()
    encoder.emit(clear)
    if let first = symbols.first {
      var prefix = Int(first)
      for symbol in symbols.dropFirst() { encoder.extend(&prefix, by: symbol) }
      encoder.emit(prefix)
      encoder.widen()
    }
    encoder.emit(end)
    if encoder.pendingBits > 0 { encoder.bytes.append(UInt8(encoder.pending & 0xFF)) }
    return encoder.bytes
  }

  /// Makes `prefix` the code of itself and `symbol`; if there is none, emits it and defines one.
  private mutating func extend(_ prefix: inout Int, by symbol: UInt8) {
    if let code = table.code(prefix, symbol) {
      prefix = code
      return
    }
    emit(prefix)
    if nextCode < Self.mostCodes {
      table.define(prefix, symbol, as: nextCode)
      widen()
      nextCode += 1
    } else {
      restart()
    }
    prefix = Int(symbol)
  }

  private mutating func restart() {
    emit(Self.clear)
    table = CodeTable()
    width = Self.symbolBits + 1
    nextCode = Self.end + 1
  }

  /// Readers define each code one step later and widen theirs when the next one would not fit.
  private mutating func widen() {
    if nextCode == 1 << width, width < 12 { width += 1 }
  }

  private mutating func emit(_ code: Int) {
    pending |= code << pendingBits
    pendingBits += width
    while pendingBits >= 8 {
      bytes.append(UInt8(pending & 0xFF))
      pending >>= 8
      pendingBits -= 8
    }
  }
}

/// Codes by prefix and symbol: a hash table with linear probing, at most half full.
private struct CodeTable {
  private static let slots = 8192
  private var keys = [Int32](repeating: -1, count: slots)
  private var codes = [UInt16](repeating: 0, count: slots)

  func code(_ prefix: Int, _ symbol: UInt8) -> Int? {
    let key = Self.key(prefix, symbol)
    let slot = slot(of: key)
    return keys[slot] == key ? Int(codes[slot]) : nil
  }

  mutating func define(_ prefix: Int, _ symbol: UInt8, as code: Int) {
    let key = Self.key(prefix, symbol)
    let slot = slot(of: key)
    keys[slot] = key
    codes[slot] = UInt16(code)
  }

  private static func key(_ prefix: Int, _ symbol: UInt8) -> Int32 {
    Int32(prefix << 8 | Int(symbol))
  }

  /// Where the key is or would be.
  private func slot(of key: Int32) -> Int {
    var slot = (Int(key) &* 40_503) >> 4 & (Self.slots - 1)
    while keys[slot] != -1, keys[slot] != key { slot = (slot + 1) & (Self.slots - 1) }
    return slot
  }
}
