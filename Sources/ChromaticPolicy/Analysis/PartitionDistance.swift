import Foundation

/// How much two partitions of the same edges differ, whatever their classes are called.
public struct PartitionDistance: Sendable, Hashable {
  /// Variation of information H(Φ) + H(Ψ) − 2I(Φ, Ψ) in nats: 0 for equal partitions, at most ln |E|.
  public let variationOfInformation: Double
  /// Rand index: share of the edge pairs that both partitions join or both separate, 0 to 1.
  public let randIndex: Double
  /// Rand index adjusted for chance (Hubert & Arabie 1985): 0 on average for independent partitions.
  public let adjustedRandIndex: Double

  /// The distance of `first` and `second`; removed edges count as one class. Nil if their numbers of
  /// edges differ.
  public init?(_ first: Partition, _ second: Partition) {
    guard first.edgeCount == second.edgeCount else { return nil }
    let pairs = zip(first.classes, second.classes).map { SIMD2($0, $1) }
    let joint = Self.sizes(pairs)
    let (a, b) = (Self.sizes(first.classes), Self.sizes(second.classes))
    variationOfInformation = max(
      0, 2 * Self.entropy(joint) - Self.entropy(a) - Self.entropy(b))
    let total = Self.pairs(pairs.count)
    let (both, inFirst, inSecond) = (
      Self.pairsWithin(joint), Self.pairsWithin(a), Self.pairsWithin(b)
    )
    randIndex = total == 0 ? 1 : (total + 2 * both - inFirst - inSecond) / total
    let expected = total == 0 ? 0 : inFirst * inSecond / total
    let largest = (inFirst + inSecond) / 2
    adjustedRandIndex = largest == expected ? 1 : (both - expected) / (largest - expected)
  }

  private static func sizes<Label: Hashable>(_ labels: [Label]) -> [Int] {
    labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values.sorted()
  }

  /// In nats.
  private static func entropy(_ sizes: [Int]) -> Double {
    let count = Double(sizes.reduce(0, +))
    return sizes.reduce(0) { $0 - Double($1) / count * log(Double($1) / count) }
  }

  private static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }

  private static func pairsWithin(_ sizes: [Int]) -> Double { sizes.reduce(0) { $0 + pairs($1) } }
}
