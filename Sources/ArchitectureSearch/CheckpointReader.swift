import ChromaticPolicy

/// Reads back what `CheckpointWriter` wrote, checking every length before it is used.
struct CheckpointReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// Verifies signature and checksum and stands at the first field.
  init(_ checkpoint: [UInt8]) throws(CheckpointError) {
    let signature = CheckpointWriter.signature
    guard checkpoint.starts(with: signature) else {
      throw CheckpointError(
        code: .notACheckpoint,
        detail: "expected the signature \(String(decoding: signature, as: UTF8.self))")
    }
    guard checkpoint.count >= signature.count + 8 else {
      throw CheckpointError(code: .wrongLength, detail: "only \(checkpoint.count) bytes")
    }
    bytes = checkpoint.dropLast(8)
    position = bytes.count
    var sealed = CheckpointReader(unverified: checkpoint[...], position: bytes.count)
    guard try sealed.word() == CheckpointWriter.checksum(bytes) else {
      throw CheckpointError(
        code: .damaged, detail: "the checksum over \(bytes.count) bytes does not match")
    }
    position = signature.count
  }

  private init(unverified bytes: ArraySlice<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private mutating func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else {
      throw CheckpointError(
        code: .wrongLength,
        detail: "a field of \(count) bytes at offset \(position) of \(bytes.endIndex)")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func word() throws(CheckpointError) -> UInt64 {
    try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func integer() throws(CheckpointError) -> Int {
    Int(truncatingIfNeeded: Int64(bitPattern: try word()))
  }

  /// An integer in `range`; `name` is what the error calls it.
  mutating func integer(in range: ClosedRange<Int>, _ name: String) throws(CheckpointError) -> Int {
    let value = try integer()
    guard range.contains(value) else {
      throw CheckpointError(
        code: .invalidField, detail: "\(name) is \(value), expected \(range)")
    }
    return value
  }

  /// A finite double; `name` is what the error calls it.
  mutating func double(_ name: String) throws(CheckpointError) -> Double {
    let value = Double(bitPattern: try word())
    guard value.isFinite else {
      throw CheckpointError(code: .invalidField, detail: "\(name) is \(value), expected a number")
    }
    return value
  }

  mutating func optionalDouble(_ name: String) throws(CheckpointError) -> Double? {
    try integer(in: 0...1, "presence of \(name)") == 0 ? nil : try double(name)
  }

  mutating func text() throws(CheckpointError) -> String {
    String(decoding: try take(try integer()), as: UTF8.self)
  }

  /// Exactly `count` finite doubles.
  mutating func doubles(count: Int, _ name: String) throws(CheckpointError) -> [Double] {
    _ = try integer(in: count...count, "number of \(name)")
    try require(count, elementsOf: 8)
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try double(name)) }
    return values
  }

  /// Exactly `count` finite floats.
  mutating func floats(count: Int, _ name: String) throws(CheckpointError) -> [Float] {
    _ = try integer(in: count...count, "number of \(name)")
    try require(count, elementsOf: 4)
    var values: [Float] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      let value = Float(bitPattern: try halfWord())
      guard value.isFinite else {
        throw CheckpointError(code: .invalidField, detail: "\(name) hold \(value)")
      }
      values.append(value)
    }
    return values
  }

  mutating func partition(edgeCount: Int, classCount: Int) throws(CheckpointError) -> Partition {
    try require(edgeCount, elementsOf: 4)
    var classes: [Int32] = []
    classes.reserveCapacity(edgeCount)
    for _ in 0..<edgeCount {
      let entry = Int32(bitPattern: try halfWord())
      guard entry >= 0, entry < classCount else {
        throw CheckpointError(
          code: .invalidField, detail: "class \(entry), expected 0..<\(classCount)")
      }
      classes.append(entry)
    }
    return Partition(classes: classes, classCount: classCount)
  }

  /// Refuses bytes that go on after the last field.
  func finish() throws(CheckpointError) {
    guard position == bytes.endIndex else {
      throw CheckpointError(
        code: .wrongLength, detail: "\(bytes.endIndex - position) bytes after the last field")
    }
  }

  private mutating func halfWord() throws(CheckpointError) -> UInt32 {
    try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Refuses a count the remaining bytes cannot hold, before any memory is reserved for it.
  private func require(_ count: Int, elementsOf size: Int) throws(CheckpointError) {
    guard count >= 0, count <= (bytes.endIndex - position) / size else {
      throw CheckpointError(
        code: .wrongLength,
        detail: "\(count) values of \(size) bytes at offset \(position) of \(bytes.endIndex)")
    }
  }
}
