/// A compact plain-text form: a fixed number of base-64 digits per edge, in edge order, or as many
/// dots for a removed edge.
extension Partition {
  private static let digits = Array(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".utf8)

  private static let dot = UInt8(ascii: ".")

  private static let values: [Int32] = digits.indices.reduce(
    into: [Int32](repeating: -1, count: 256)
  ) { $0[Int(digits[$1])] = Int32($1) }

  /// Digits per edge: 1 up to 64 classes, 2 up to 4,096, and so on.
  private static func width(_ classCount: Int) -> Int {
    var width = 1
    var reach = 64
    while reach < classCount {
      reach *= 64
      width += 1
    }
    return width
  }

  /// The partition as text; 17 classes take one character an edge.
  public var text: String {
    let width = Self.width(classCount)
    var bytes = [UInt8]()
    bytes.reserveCapacity(edgeCount * width)
    for value in classes {
      guard value != Self.removed else {
        bytes.append(contentsOf: repeatElement(Self.dot, count: width))
        continue
      }
      for position in (0..<width).reversed() {
        bytes.append(Self.digits[Int(value >> Int32(6 * position)) & 63])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The partition of `edgeCount` edges that `text` describes, or nil if it describes none.
  public init?(text: String, edgeCount: Int, classCount: Int) {
    let width = Self.width(classCount)
    guard classCount > 0, text.utf8.count == edgeCount * width else { return nil }
    var classes = [Int32]()
    classes.reserveCapacity(edgeCount)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: width) {
      let word = bytes[start..<start + width]
      if word.allSatisfy({ $0 == Self.dot }) {
        classes.append(Self.removed)
        continue
      }
      var value = 0
      for byte in word {
        let digit = Self.values[Int(byte)]
        guard digit >= 0 else { return nil }
        value = value << 6 | Int(digit)
      }
      guard value < classCount else { return nil }
      classes.append(Int32(value))
    }
    self.init(classes: classes, classCount: classCount)
  }
}
