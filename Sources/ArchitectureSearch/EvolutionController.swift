import ChromaticPolicy
import ExactArithmetic
import Randomness

extension ControllerKind {
  /// Regularised evolution: mutated winners of tournaments, the oldest leave.
  public static let evolution = ControllerKind(
    "evolution", summary: "mutated winners of tournaments in a population",
    create: {
      EvolutionController(edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed)
    },
    read: { reader throws(CheckpointError) in try EvolutionController(reading: &reader) },
    fieldBytes: {
      // The initial partition and a population, which is never larger than a batch.
      let partition = CheckpointSize.partition(edgeCount: $0.edgeCount)
      return CheckpointSize.counts + 2 * CheckpointSize.number + partition
        + $0.batchSize * (CheckpointSize.number + partition)
    })
}

/// Regularised evolution (Real et al. 2019) over partitions, as ES-ENAS uses it.
///
/// The first step's partitions are uniform draws and make the population. Later ones are mutated
/// winners of tournaments among √population members; they join it, and as many of the oldest leave.
struct EvolutionController: PartitionController {
  private struct Member {
    var partition: Partition
    var reward: Double
  }

  let edgeCount: Int
  let classCount: Int
  /// Oldest first.
  private var population: [Member] = []
  private let initial: Partition

  /// A controller without a population; its first proposal is a uniform draw named by `seed`.
  init(edgeCount: Int, classCount: Int, seed: UInt64) {
    self.edgeCount = edgeCount
    self.classCount = classCount
    initial = .uniform(edgeCount: edgeCount, classCount: classCount, seed: seed)
  }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    (0..<count).map { index in
      var stream = RandomStream(
        seed: seed, purpose: .partition, iteration: UInt32(step), index: UInt32(index))
      guard !population.isEmpty else {
        return .uniform(edgeCount: edgeCount, classCount: classCount, from: &stream)
      }
      return mutated(winner(&stream), &stream)
    }
  }

  /// The best of √population members drawn with replacement; the first drawn of equals.
  private func winner(_ stream: inout RandomStream) -> Partition {
    let rounds = max(1, Int(Double(population.count).squareRoot().rounded(.up)))
    var best = population[Self.draw(population.count, &stream)]
    for _ in stride(from: 1, to: rounds, by: 1) {
      let other = population[Self.draw(population.count, &stream)]
      if other.reward > best.reward { best = other }
    }
    return best.partition
  }

  /// The partition with one edge in another class, drawn uniformly.
  private func mutated(_ partition: Partition, _ stream: inout RandomStream) -> Partition {
    guard classCount > 1 else { return partition }
    var classes = partition.classes
    let edge = Self.draw(edgeCount, &stream)
    let shift = 1 + Self.draw(classCount - 1, &stream)
    classes[edge] = Int32((Int(classes[edge]) + shift) % classCount)
    return Partition(classes: classes, classCount: classCount)
  }

  private static func draw(_ count: Int, _ stream: inout RandomStream) -> Int {
    Int(stream.next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    precondition(partitions.count == rewards.count, "one reward, or nil, per partition")
    let born = zip(partitions, rewards).compactMap { partition, reward in
      reward.flatMap { $0.isFinite ? Member(partition: partition, reward: $0) : nil }
    }
    population = Array((population + born).suffix(max(population.count, born.count)))
    return SearchReport(
      entropyPerEdge: entropyPerEdge,
      classesUsed: partitions.meanUsedClassCount, divergencePerEdge: 0)
  }

  /// Mean entropy of an edge's class over the population, in nats.
  private var entropyPerEdge: Double {
    guard !population.isEmpty else {
      return ElementaryFunctions.naturalLogarithm(Double(classCount))
    }
    let entropies = (0..<edgeCount).map { edge in
      var counts = [Int](repeating: 0, count: classCount)
      for member in population { counts[Int(member.partition.classes[edge])] += 1 }
      return counts.filter { $0 > 0 }.reduce(0.0) { sum, count in
        let share = Double(count) / Double(population.count)
        return sum - share * ElementaryFunctions.naturalLogarithm(share)
      }
    }
    return entropies.mean
  }

  func proposal() -> Partition {
    var best: Member?
    for member in population where member.reward > best?.reward ?? -.infinity { best = member }
    return best?.partition ?? initial
  }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write(ControllerKind.evolution.rawValue)
    writer.write(edgeCount)
    writer.write(classCount)
    writer.write(initial)
    writer.write(population.count)
    writer.write(population.map(\.reward))
    for member in population { writer.write(member.partition) }
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    let counts = 1...ControllerSettings.largestCount
    edgeCount = try reader.integer(in: counts, "edge count")
    classCount = try reader.integer(in: counts, "class count")
    initial = try reader.partition(edgeCount: edgeCount, classCount: classCount)
    let size = try reader.integer(in: 0...ControllerSettings.largestCount, "population size")
    let rewards = try reader.doubles(count: size, "rewards")
    for reward in rewards {
      population.append(
        Member(
          partition: try reader.partition(edgeCount: edgeCount, classCount: classCount),
          reward: reward))
    }
  }
}
