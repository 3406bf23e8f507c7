import ChromaticPolicy
import ExactArithmetic

extension ControllerKind {
  /// The clusters of one latent weight per edge.
  public static let clustering = ControllerKind(
    "clustering", summary: "the clusters of one latent weight per edge", evidence: .latents,
    create: {
      ClusteringController(
        edgeCount: $0.edgeCount, classCount: $0.classCount,
        partition: .uniform(edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed))
    },
    read: { reader throws(CheckpointError) in try ClusteringController(reading: &reader) },
    fieldBytes: {
      CheckpointSize.counts + (2 + $0.edgeCount + $0.classCount) * CheckpointSize.number
        + CheckpointSize.partition(edgeCount: $0.edgeCount)
    })
}

/// What a controller that clusters is shown: the latent weight of every edge.
public struct LatentWeights: Sendable, Hashable {
  /// v, one per edge.
  public let values: [Double]
  /// How much each matters to the actions, above 0.
  public let importance: [Double]
  /// σ of the perturbations around them.
  public let deviation: Double

  /// Latents of one importance and one place per edge.
  public init(_ values: [Double], importance: [Double], deviation: Double) {
    precondition(values.count == importance.count && deviation > 0)
    self.values = values
    self.importance = importance
    self.deviation = deviation
  }
}

/// A controller whose partition follows from latent weights that evolution strategies train.
public protocol LatentController: PartitionController {
  /// The weight of every class, ascending.
  var centres: [Double] { get }

  /// Finds the classes of the latents as they are now.
  ///
  /// The report's divergence is that of the latents' Gaussians, (Δv)²/2σ², which bounds that of the
  /// classes where the centres stay.
  mutating func cluster(_ latents: LatentWeights) -> SearchReport
}

/// Every edge has a latent weight v_e; classes are the clusters of these on the line.
///
/// With perturbations of deviation σ an edge has class m with the probability that v_e + σg is nearest
/// to centre m: π is a product of Gaussians on the line, cut at half-way between neighbouring centres.
struct ClusteringController: LatentController {
  let classCount: Int
  private(set) var centres: [Double]
  private var latents: [Double]
  private var partition: Partition

  var edgeCount: Int { latents.count }

  /// A controller that has seen no latents yet and proposes `partition`.
  init(edgeCount: Int, classCount: Int, partition: Partition) {
    self.classCount = classCount
    self.partition = partition
    centres = [Double](repeating: 0, count: classCount)
    latents = [Double](repeating: 0, count: edgeCount)
  }

  mutating func cluster(_ shown: LatentWeights) -> SearchReport {
    precondition(shown.values.count == edgeCount, "one latent per edge")
    let found = LineClustering(shown.values, weights: shown.importance, count: classCount)
    // Classes beyond the distinct latents hold no edge; they lie at the last centre.
    let last = found.centres[found.centres.count - 1]
    centres = found.centres + [Double](repeating: last, count: classCount - found.centres.count)
    partition = Partition(classes: found.classes, classCount: classCount)
    let moved = zip(shown.values, latents).map { ($0 - $1) * ($0 - $1) }
    latents = shown.values
    return SearchReport(
      entropyPerEdge: entropy(found.centres, deviation: shown.deviation),
      classesUsed: Double(partition.usedClassCount),
      divergencePerEdge: min(moved.mean / 2 / shown.deviation / shown.deviation, 1e9))
  }

  /// Mean entropy in nats of an edge's class under perturbations.
  private func entropy(_ centres: [Double], deviation: Double) -> Double {
    let boundaries = LineClustering.boundaries(between: centres)
    return latents.map { latent in
      let below = boundaries.map {
        ElementaryFunctions.normalDistribution(($0 - latent) / deviation)
      }
      return zip(below + [1], [0] + below).reduce(0) { sum, ends in
        let probability = ends.0 - ends.1
        // A subnormal probability has no logarithm here and counts for nothing.
        guard probability >= .leastNormalMagnitude else { return sum }
        return sum - probability * ElementaryFunctions.naturalLogarithm(probability)
      }
    }.mean
  }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    [Partition](repeating: partition, count: count)
  }

  /// Rewards teach it nothing: it follows the latents.
  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    SearchReport(
      entropyPerEdge: 0, classesUsed: partitions.meanUsedClassCount, divergencePerEdge: 0)
  }

  func proposal() -> Partition { partition }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write(ControllerKind.clustering.rawValue)
    writer.write(edgeCount)
    writer.write(classCount)
    writer.write(latents)
    writer.write(centres)
    writer.write(partition)
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    let counts = 1...ControllerSettings.largestCount
    let edgeCount = try reader.integer(in: counts, "edge count")
    classCount = try reader.integer(in: counts, "class count")
    latents = try reader.doubles(count: edgeCount, "latents")
    centres = try reader.doubles(count: classCount, "centres")
    partition = try reader.partition(edgeCount: edgeCount, classCount: classCount)
    guard zip(centres, centres.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw CheckpointError(code: .invalidField, detail: "centres are not ascending")
    }
  }
}
