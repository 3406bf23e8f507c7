/// The smallest file of a policy: a header, then exactly the bits that the accounting counts.
///
/// Header, `headerSize` bytes: the letters CP, version 1, the policy class (plus 128 where biases are
/// shared weights, plus 64 where the next numbers are in single precision), the number of layers, layer sizes and M (seven bits a byte, the lowest first, the eighth set in all but the last), then
/// mean and deviation of every observation as half-precision numbers. Body, padded to a byte: M weights and,
/// where they are not shared, h biases in single precision, then the dictionary: one bit an edge (1: kept, its weights in edge order) where edges may be removed,
/// nothing where the class prescribes the partition, else ⌈log₂ M⌉ bits an edge and a shared bias.
///
/// Plus 32 in the class's byte means that behind the dictionary stands how to act: a byte for the rule (0 unknown; 1
/// scaled, 2 scaled and rounded, plus 128 where all bounds are −1 and 1, else lower and then upper bounds in single
/// precision; 3 sign, 4 argmax, and the first choice in four bytes), then the environment as a policy file has it, JSON to the end.
public enum CompactPolicy {
  static let signature = Array("CP".utf8)
  static let version: UInt8 = 1
  static let sharesBiases: UInt8 = 128
  static let wideMoments: UInt8 = 64
  static let saysHowToAct: UInt8 = 32
  static let flags = sharesBiases | wideMoments | saysHowToAct
  /// More than any policy has, and little enough to allocate.
  static let largestEdgeCount = 1 << 24

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
    _ policy: Policy, checkedBy fidelity: ExportFidelity, deployment: Deployment? = nil
  ) -> (bytes: [UInt8], moments: Moments, error: Double)? {
    for moments in Moments.allCases {
      guard let bytes = encode(policy, moments: moments, deployment: deployment) else {
        return nil
      }
      let error = decode(bytes).map(fidelity.error) ?? .infinity
      if error <= ExportFidelity.narrowLimit || moments == .single {
        return (bytes, moments, error)
      }
    }
    return nil
  }

  /// The file's bytes; nil if there are more than 255 layers.
  ///
  /// - Parameters:
  ///   - policy: what acts.
  ///   - moments: how the observations' means and deviations are stored.
  ///   - deployment: how to act; nil leaves it out.
  public static func encode(
    _ policy: Policy, moments: Moments = .half, deployment: Deployment? = nil
  ) -> [UInt8]? {
    let sizes = numbers(of: policy)
    guard sizes.count <= 256,
      let policyClass = PolicyClass.allCases.firstIndex(of: policy.policyClass)
    else { return nil }
    let kind =
      UInt8(policyClass) | (policy.biasClasses == nil ? 0 : sharesBiases)
      | (moments == .half ? 0 : wideMoments) | (deployment == nil ? 0 : saysHowToAct)
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
    return bytes + dictionary(policy).bytes + (deployment.map(Self.bytes) ?? [])
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

  static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
  }
}
