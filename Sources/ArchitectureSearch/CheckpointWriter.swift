import ChromaticPolicy

/// Lays a controller out as bytes: little-endian words behind a signature, closed by a checksum.
struct CheckpointWriter {
  /// Names the format and its version.
  static let signature: [UInt8] = Array("CHROMACTL1".utf8)

  private(set) var bytes: [UInt8] = Self.signature

  mutating func write(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

  mutating func write(_ number: Double) { write(number.bitPattern) }

  mutating func write(_ number: Float) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }

  mutating func write(_ number: Double?) {
    write(number == nil ? 0 : 1)
    if let number { write(number) }
  }

  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ numbers: [Double]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }

  mutating func write(_ numbers: [Float]) {
    write(numbers.count)
    bytes.reserveCapacity(bytes.count + 4 * numbers.count)
    for number in numbers { write(number) }
  }

  /// The classes alone; |E| and M are known to the reader.
  mutating func write(_ partition: Partition) {
    for entry in partition.classes { write(Float(bitPattern: UInt32(bitPattern: entry))) }
  }

  /// All bytes, with the checksum that the reader verifies first.
  consuming func sealed() -> [UInt8] {
    write(Self.checksum(bytes[...]))
    return bytes
  }

  /// FNV-1a over 64 bits: every change of a single byte changes it.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
