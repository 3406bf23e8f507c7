/// One message between this process and the Python process of a Gymnasium environment.
///
/// On the wire: kind and payload size as little-endian 32-bit numbers, then the payload, which is
/// little-endian doubles, UTF-8, or the one after the other.
package struct BridgeFrame: Sendable, Hashable {
  /// What a frame says; `reset`, `step` and `inspect` are asked, the others answered.
  package enum Kind: UInt32, Sendable {
    /// Start an episode: its seed.
    case reset = 1
    /// Apply an action: its numbers, or the index of a discrete one.
    case step
    /// The environment is made: what `BridgeHandshake` reads.
    case ready
    /// What a reset or step gave: reward, terminated, truncated, observation.
    case state
    /// Python raised an exception: its type, text and place.
    case raised
    /// Gymnasium does not know the environment: what it says.
    case unknown
    /// The environment has a space that no policy fits: which, and what to do.
    case unsupported
    /// The interpreter has no Gymnasium: the command that installs it.
    case missing
    /// Asked: hold what comes from now on against the spaces, and tell what was found since the last time.
    case inspect
    /// What was found, as JSON.
    case report
  }

  /// Bytes before the payload.
  static let headerSize = 8
  /// The size of the largest frame that is accepted, in bytes.
  static let largestSize = 1 << 28

  /// What it says.
  package let kind: Kind
  let payload: [UInt8]

  /// A frame of the given doubles, then the given text.
  package init(_ kind: Kind, _ numbers: some Sequence<Double>, text: String = "") {
    self.kind = kind
    var payload: [UInt8] = []
    for number in numbers { payload.append(number.bitPattern) }
    payload += Array(text.utf8)
    self.payload = payload
  }

  /// The frame that `bytes` begin with; nil if they hold less than a frame, `size(of:)` says which.
  package init?(_ bytes: some Collection<UInt8>) {
    guard let size = Self.size(of: bytes), bytes.count >= size,
      let kind = Kind(rawValue: Self.word(bytes.prefix(4)))
    else { return nil }
    self.kind = kind
    payload = Array(bytes.dropFirst(Self.headerSize).prefix(size - Self.headerSize))
  }

  /// The size of the frame that `bytes` begin with, header included; nil before the header is whole.
  package static func size(of bytes: some Collection<UInt8>) -> Int? {
    guard bytes.count >= headerSize else { return nil }
    return headerSize + Int(word(bytes.dropFirst(4).prefix(4)))
  }

  /// The frame as it travels.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerSize + payload.count)
    bytes.append(kind.rawValue)
    bytes.append(UInt32(payload.count))
    return bytes + payload
  }

  /// Whole doubles in the payload.
  package var numberCount: Int { payload.count / 8 }

  /// The double at `index`, which is below `numberCount`.
  package func number(_ index: Int) -> Double {
    payload.withUnsafeBytes {
      Double(
        bitPattern: UInt64(
          littleEndian: $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
    }
  }

  /// The text behind the first `numbers` doubles, on one line.
  package func text(after numbers: Int = 0) -> String {
    String(decoding: payload.dropFirst(8 * numbers), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func word(_ bytes: some Collection<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
