extension CompactPolicy {
  /// What a compact file holds; how it was trained is not in it.
  public struct Contents: Sendable, Hashable {
    /// Its layers.
    public var architecture: Architecture
    /// What fixed which edges share a weight.
    public var policyClass: PolicyClass
    /// Which edges share which weight.
    public var partition: Partition
    /// M weights, then one bias per hidden unit, in single precision.
    public var parameters: [Double]
    /// The class whose weight each bias is, where they share.
    public var biasClasses: [Int32]?
    /// In half or single precision.
    public var normalisation: Normalisation
    /// Where and how it acts, its bounds in single precision; nil if the file does not say.
    public var deployment: Deployment?
  }

  /// The contents of a file; nil if the bytes are not exactly one.
  public static func decode(_ bytes: [UInt8]) -> Contents? {
    guard bytes.count > 5, Array(bytes.prefix(2)) == signature, bytes[2] == version,
      PolicyClass.allCases.indices.contains(Int(bytes[3] & ~flags)), bytes[4] >= 2
    else { return nil }
    var reader = Reader(bytes: bytes, position: 5)
    let policyClass = PolicyClass.allCases[Int(bytes[3] & ~flags)]
    let shares = bytes[3] & sharesBiases != 0
    guard !shares || policyClass == .chromatic else { return nil }
    guard let numbers = reader.sizes(Int(bytes[4]) + 1) else { return nil }
    let (sizes, classCount) = (numbers.dropLast(), numbers[numbers.count - 1])
    let architecture = Architecture(
      observationSize: sizes[0], hiddenSizes: Array(sizes[1..<sizes.count - 1]),
      actionSize: sizes[sizes.count - 1])
    guard architecture.edgeCount <= largestEdgeCount,
      let moments = reader.moments(2 * sizes[0], wide: bytes[3] & wideMoments != 0),
      let words = reader.numbers(
        classCount + (shares ? 0 : architecture.biasCount), as: UInt32.self),
      let dictionary = reader.bytes(
        dictionarySize(policyClass, architecture, classCount, sharesBiases: shares)),
      let decided = decisions(
        SearchSpace(policyClass, on: architecture, classes: classCount, sharesBiases: shares),
        classCount, dictionary)
    else { return nil }
    var deployment: Deployment?
    if bytes[3] & saysHowToAct != 0 {
      guard let found = reader.deployment(size: architecture.actionSize) else { return nil }
      deployment = found
    } else if reader.position != bytes.count {
      return nil
    }
    let biasClasses = shares ? Array(decided.classes.dropFirst(architecture.edgeCount)) : nil
    var parameters = words.map { Double(Float(bitPattern: $0)) }
    if let biasClasses { parameters += biasClasses.map { parameters[Int($0)] } }
    let deviation = Array(moments.suffix(sizes[0]))
    guard (moments + parameters).allSatisfy(\.isFinite), deviation.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    return Contents(
      architecture: architecture, policyClass: policyClass,
      partition: Partition(
        classes: Array(decided.classes.prefix(architecture.edgeCount)), classCount: classCount),
      parameters: parameters, biasClasses: biasClasses,
      normalisation: Normalisation(mean: Array(moments.prefix(sizes[0])), deviation: deviation),
      deployment: deployment)
  }

  private static func dictionarySize(
    _ policyClass: PolicyClass, _ architecture: Architecture, _ classCount: Int, sharesBiases: Bool
  ) -> Int {
    if policyClass.prescribedPartition(on: architecture) != nil { return 0 }
    let decisions = architecture.edgeCount + (sharesBiases ? architecture.biasCount : 0)
    let width = policyClass.removesEdges ? 1 : Accounting.bitsToName(classCount)
    return (decisions * width + 7) / 8
  }

  /// The classes of the edges, and behind them those of shared biases.
  private static func decisions(
    _ space: SearchSpace, _ classCount: Int, _ bytes: ArraySlice<UInt8>
  ) -> Partition? {
    let (policyClass, architecture) = (space.policyClass, space.architecture)
    if let prescribed = policyClass.prescribedPartition(on: architecture) {
      return bytes.isEmpty && prescribed.classCount == classCount ? prescribed : nil
    }
    let edges = architecture.edgeCount + (space.sharesBiases ? architecture.biasCount : 0)
    let width = policyClass.removesEdges ? 1 : Accounting.bitsToName(classCount)
    guard bytes.count == (edges * width + 7) / 8 else { return nil }
    let values = (0..<edges).map { BitString.number(in: bytes, at: $0 * width, width: width) }
    guard policyClass.removesEdges else {
      guard values.allSatisfy({ $0 < classCount }) else { return nil }
      return Partition(classes: values.map(Int32.init), classCount: classCount)
    }
    var next: Int32 = 0
    let classes = values.map { kept -> Int32 in
      guard kept == 1 else { return Partition.removed }
      defer { next += 1 }
      return next
    }
    return max(Int(next), 1) == classCount
      ? Partition(classes: classes, classCount: classCount) : nil
  }

  struct Reader {
    let bytes: [UInt8]
    var position: Int

    /// The next `count` bytes; nil if there are fewer.
    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
      guard bytes.count - position >= count else { return nil }
      defer { position += count }
      return bytes[position..<position + count]
    }

    /// The next `count` positive sizes, each of at most three bytes; nil if there are fewer.
    mutating func sizes(_ count: Int) -> [Int]? {
      var sizes: [Int] = []
      for _ in 0..<count {
        let group = bytes[position...].prefix(3)
        guard let last = group.firstIndex(where: { $0 < 128 }) else { return nil }
        let size = group[...last].reversed().reduce(0) { $0 << 7 | Int($1 & 127) }
        guard size > 0 else { return nil }
        position = last + 1
        sizes.append(size)
      }
      return sizes
    }

    /// The next `count` means and deviations; nil if there are fewer.
    mutating func moments(_ count: Int, wide: Bool) -> [Double]? {
      wide
        ? numbers(count, as: UInt32.self)?.map { Double(Float(bitPattern: $0)) }
        : numbers(count, as: UInt16.self)?.map { Double(Float16(bitPattern: $0)) }
    }

    /// The next `count` numbers, low byte first; nil if there are fewer.
    mutating func numbers<Value: FixedWidthInteger & UnsignedInteger>(
      _ count: Int, as _: Value.Type
    ) -> [Value]? {
      let width = Value.bitWidth / 8
      guard bytes.count - position >= count * width else { return nil }
      defer { position += count * width }
      return (0..<count).map { number in
        (0..<width).reduce(0) {
          $0 | Value(bytes[position + number * width + $1]) << Value($1 * 8)
        }
      }
    }
  }
}
