/// A compact plain-text form: a fixed number of base-64 digits per edge, in edge order, or as many
/// dots for a removed edge.
extension Partition {
  private static let digits = Array(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".utf8)

  private static let dot = UInt8(ascii: ".")

  /// The class that a byte stands for, `removed` for a dot, beyond all classes for what is neither.
  private static let values: [Int32] = {
    var values = [Int32](repeating: .max, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = Int32(value) }
    values[Int(dot)] = removed
    return values
  }()

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
    guard 0 < classCount, classCount <= Int32.max else { return nil }
    var text = text
    let width = Self.width(classCount)
    let classes = text.withUTF8 { bytes -> [Int32]? in
      guard bytes.count == edgeCount * width else { return nil }
      return width == 1
        ? Self.classes(ofDigits: bytes, below: classCount)
        : Self.classes(ofWords: bytes, width: width, below: classCount)
    }
    guard let classes else { return nil }
    self.init(unchecked: classes, classCount: classCount)
  }

  private static func classes(
    ofDigits bytes: UnsafeBufferPointer<UInt8>, below classCount: Int
  ) -> [Int32]? {
    var highest = removed
    let classes = values.withUnsafeBufferPointer { values in
      [Int32](unsafeUninitializedCapacity: bytes.count) { classes, count in
        for index in bytes.indices {
          let value = values[Int(bytes[index])]
          highest = max(highest, value)
          classes[index] = value
        }
        count = bytes.count
      }
    }
    return highest < classCount ? classes : nil
  }

  private static func classes(
    ofWords bytes: UnsafeBufferPointer<UInt8>, width: Int, below classCount: Int
  ) -> [Int32]? {
    var classes: [Int32] = []
    classes.reserveCapacity(bytes.count / width)
    for start in stride(from: 0, to: bytes.count, by: width) {
      var (word, dots) = (0, 0)
      for byte in bytes[start..<start + width] {
        let digit = values[Int(byte)]
        dots += digit == removed ? 1 : 0
        word = word << 6 | Int(digit)
      }
      guard dots == width || dots == 0 && word < classCount else { return nil }
      classes.append(dots == 0 ? Int32(word) : removed)
    }
    return classes
  }
}
