import ChromaticPolicy
import ExactArithmetic
import Randomness

extension ControllerKind {
  /// Fresh uniform partitions, no learning.
  public static let random = uniform(
    "random", summary: "uniform partitions, fresh in every step", drawsOnce: false)

  /// A population of uniform partitions, drawn once: the paper's Fig. 4.
  public static let population = uniform(
    "population", summary: "uniform partitions, drawn once", drawsOnce: true)

  private static func uniform(_ name: String, summary: String, drawsOnce: Bool) -> ControllerKind {
    ControllerKind(
      name, summary: summary,
      create: {
        RandomController(
          edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed, drawsOnce: drawsOnce)
      },
      read: { reader throws(CheckpointError) in
        try RandomController(reading: &reader, drawsOnce: drawsOnce)
      },
      fieldBytes: {
        CheckpointSize.counts + CheckpointSize.partition(edgeCount: $0.edgeCount)
          + CheckpointSize.optionalNumber
      })
  }
}

/// Uniform partitions, fresh in every step or drawn once: the comparisons that learn nothing.
///
/// It only remembers the partition with the highest reward it has seen, as its proposal.
struct RandomController: PartitionController {
  let edgeCount: Int
  let classCount: Int
  /// Whether every step has the same partitions: a fixed population.
  private let drawsOnce: Bool
  private var best: Partition
  private var bestReward: Double?

  /// A controller whose proposal, until a reward is known, is a uniform draw named by `seed`.
  init(edgeCount: Int, classCount: Int, seed: UInt64, drawsOnce: Bool = false) {
    self.edgeCount = edgeCount
    self.classCount = classCount
    self.drawsOnce = drawsOnce
    best = .uniform(edgeCount: edgeCount, classCount: classCount, seed: seed)
  }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    (0..<count).map { index in
      var stream = RandomStream(
        seed: seed, purpose: .partition, iteration: drawsOnce ? 0 : UInt32(step),
        index: UInt32(index))
      return .uniform(edgeCount: edgeCount, classCount: classCount, from: &stream)
    }
  }

  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    precondition(partitions.count == rewards.count, "one reward, or nil, per partition")
    for (partition, reward) in zip(partitions, rewards) {
      guard let reward, reward.isFinite, reward > bestReward ?? -.infinity else { continue }
      (best, bestReward) = (partition, reward)
    }
    return SearchReport(
      entropyPerEdge: ElementaryFunctions.naturalLogarithm(Double(classCount)),
      classesUsed: partitions.meanUsedClassCount,
      divergencePerEdge: 0)
  }

  func proposal() -> Partition { best }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write((drawsOnce ? ControllerKind.population : .random).rawValue)
    writer.write(edgeCount)
    writer.write(classCount)
    writer.write(best)
    writer.write(bestReward)
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader, drawsOnce: Bool) throws(CheckpointError) {
    self.drawsOnce = drawsOnce
    edgeCount = try reader.integer(in: 1...ControllerSettings.largestCount, "edge count")
    classCount = try reader.integer(in: 1...ControllerSettings.largestCount, "class count")
    best = try reader.partition(edgeCount: edgeCount, classCount: classCount)
    bestReward = try reader.optionalDouble("best reward")
  }
}
