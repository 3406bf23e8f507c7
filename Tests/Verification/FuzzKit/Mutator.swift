import Randomness

/// Makes bad input from good: small structural damage to an example, now and then pure garbage.
struct Mutator {
  private var random: RandomStream

  /// The mutator of one case; the same numbers always make the same input.
  init(seed: UInt64, target: UInt32, number: UInt32) {
    random = RandomStream(
      seed: seed, purpose: .controllerUpdate, iteration: target, index: number)
  }

  /// One of `examples`, damaged one to four times.
  mutating func input(from examples: [[UInt8]]) -> [UInt8] {
    if below(20) == 0 { return garbage(below(200)) }
    var bytes = examples[below(examples.count)]
    for _ in 0...below(4) { damage(&bytes, examples) }
    return bytes
  }

  /// A uniform number in 0..<`count`.
  mutating func below(_ count: Int) -> Int {
    Int(random.next().multipliedFullWidth(by: UInt64(max(count, 1))).high)
  }

  private mutating func damage(_ bytes: inout [UInt8], _ examples: [[UInt8]]) {
    guard !bytes.isEmpty else { return bytes = garbage(8) }
    switch below(9) {
    case 0: bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
    case 1: bytes.removeLast(1 + below(bytes.count))
    case 2: bytes.insert(contentsOf: bytes[slice(of: bytes)], at: below(bytes.count))
    case 3: bytes.removeSubrange(slice(of: bytes))
    case 4: splice(&bytes, with: examples[below(examples.count)])
    case 5, 6: replaceToken(&bytes)
    case 7:
      bytes.insert(contentsOf: Extremes.texts[below(Extremes.texts.count)], at: below(bytes.count))
    default: overwriteWord(&bytes)
    }
  }

  private mutating func garbage(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  private mutating func slice(of bytes: [UInt8]) -> Range<Int> {
    let start = below(bytes.count)
    return start..<min(bytes.count, start + 1 + below(24))
  }

  private mutating func splice(_ bytes: inout [UInt8], with other: [UInt8]) {
    let cut = below(bytes.count)
    bytes = Array(bytes[..<cut]) + other[below(other.count + 1)...]
  }

  /// Replaces a number or a word by an extreme one or by a value of another type.
  private mutating func replaceToken(_ bytes: inout [UInt8]) {
    let start = below(bytes.count)
    guard let first = bytes[start...].firstIndex(where: Self.isToken) else { return }
    let end = bytes[first...].firstIndex { !Self.isToken($0) } ?? bytes.count
    let tokens = Extremes.tokens
    bytes.replaceSubrange(first..<end, with: tokens[below(tokens.count)].utf8)
  }

  private mutating func overwriteWord(_ bytes: inout [UInt8]) {
    guard bytes.count >= 8 else { return }
    let start = below(bytes.count - 7)
    let word = Extremes.words[below(Extremes.words.count)]
    for byte in 0..<8 { bytes[start + byte] = UInt8(truncatingIfNeeded: word >> UInt64(8 * byte)) }
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
