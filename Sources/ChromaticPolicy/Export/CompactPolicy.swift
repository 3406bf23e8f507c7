/// The smallest file of a policy: a header, then exactly the bits that the accounting counts.
///
/// Header, `headerSize` bytes: the letters CP, version 1, the policy class (plus 128 where biases are
/// shared weights, plus 64 where the next numbers are in single precision), the number of layers, layer sizes and M (seven bits a byte, the lowest first, the eighth set in all but the last), then
/// mean and deviation of every observation as half-precision numbers. Body, padded to a byte: M weights and,
/// where they are not shared, h biases in single precision, then the dictionary: one bit an edge (1: kept, its weights in edge order) where edges may be removed,
/// nothing where the class prescribes the partition, else ⌈log₂ M⌉ bits an edge and a shared bias.
public enum CompactPolicy {
  private static let signature = Array("CP".utf8)
  private static let version: UInt8 = 1
  private static let sharesBiases: UInt8 = 128
  private static let wideMoments: UInt8 = 64
  private static let flags = sharesBiases | wideMoments
  /// More than any policy has, and little enough to allocate.
  private static let largestEdgeCount = 1 << 24

  /// How means and deviations of observations are written.
  public enum Moments: Sendable, CaseIterable {
    /// In half precision, two bytes each.
    case half
    /// In single precision, four bytes each.
    case single
  }

  /// Bytes before the weights.
  public static func headerSize(_ policy: Policy, moments: Moments = .half) -> Int {
    5 + numbers(of: policy).map { sevenBits($0).count }.reduce(0, +)
      + (moments == .half ? 4 : 8) * policy.architecture.observationSize
  }

  /// The smallest file whose actions differ little, with its moments' form and the largest error of an
  /// action; nil if there are more than 255 layers.
  public static func encode(
    _ policy: Policy, checkedBy fidelity: ExportFidelity
  ) -> (bytes: [UInt8], moments: Moments, error: Double)? {
    for moments in Moments.allCases {
      guard let bytes = encode(policy, moments: moments) else { return nil }
      let error = decode(bytes).map(fidelity.error) ?? .infinity
      if error <= ExportFidelity.narrowLimit || moments == .single {
        return (bytes, moments, error)
      }
    }
    return nil
  }

  /// The file's bytes; nil if there are more than 255 layers.
  public static func encode(_ policy: Policy, moments: Moments = .half) -> [UInt8]? {
    let sizes = numbers(of: policy)
    guard sizes.count <= 256,
      let policyClass = PolicyClass.allCases.firstIndex(of: policy.policyClass)
    else { return nil }
    let kind =
      UInt8(policyClass) | (policy.biasClasses == nil ? 0 : sharesBiases)
      | (moments == .half ? 0 : wideMoments)
    var bytes = signature + [version, kind, UInt8(sizes.count - 1)]
    for size in sizes { bytes += sevenBits(size) }
    for value in policy.normalisation.mean + policy.normalisation.deviation {
      bytes +=
        moments == .half
        ? littleEndian(half(value).bitPattern)
        : littleEndian(FloatNetwork.narrow(value).bitPattern)
    }
    let numbers = policy.biasClasses == nil ? policy.parameters : policy.sharedWeights
    for value in numbers { bytes += littleEndian(FloatNetwork.narrow(value).bitPattern) }
    return bytes + dictionary(policy).bytes
  }

  /// Layer sizes, then M.
  private static func numbers(of policy: Policy) -> [Int] {
    policy.architecture.layerSizes + [policy.partition.classCount]
  }

  private static func sevenBits(_ value: Int) -> [UInt8] {
    value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128] + sevenBits(value >> 7)
  }

  private static func dictionary(_ policy: Policy) -> BitString {
    var bits = BitString()
    let partition = policy.partition
    if policy.policyClass.removesEdges {
      for value in partition.classes { bits.append(value == Partition.removed ? 0 : 1, width: 1) }
    } else if policy.policyClass.prescribedPartition(on: policy.architecture) == nil {
      let width = Accounting.bitsToName(partition.classCount)
      for value in policy.decisions.classes { bits.append(Int(value), width: width) }
    }
    return bits
  }

  /// In half precision, within its range: deviations stay above 0.
  private static func half(_ value: Double) -> Float16 {
    let bound = Double(Float16.greatestFiniteMagnitude)
    let clamped = Float16(max(-bound, min(bound, value)))
    return clamped == 0 && value > 0 ? .leastNonzeroMagnitude : clamped
  }

  private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
  }
}

extension CompactPolicy {
  /// What a compact file holds; where the policy acts and how it was trained are not in it.
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
      let decided = decisions(
        SearchSpace(policyClass, on: architecture, classes: classCount, sharesBiases: shares),
        classCount, bytes[reader.position...])
    else { return nil }
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
      normalisation: Normalisation(mean: Array(moments.prefix(sizes[0])), deviation: deviation))
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

  private struct Reader {
    let bytes: [UInt8]
    var position: Int

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
