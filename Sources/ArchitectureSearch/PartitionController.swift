import ChromaticPolicy
import ExactArithmetic

/// A distribution π(θ) over partitions and the rule that improves it from their rewards.
///
/// A pure value: the same calls on the same bytes give the same bytes on every machine. One search
/// step is `sample` by the controller service, evaluation by the ring, then `update`.
public protocol PartitionController: Sendable {
  /// Number of edges of every partition.
  var edgeCount: Int { get }
  /// M, the number of classes of every partition.
  var classCount: Int { get }

  /// Draws `count` partitions from π(θ).
  ///
  /// Partition i of search step `step` depends only on θ and on the random stream
  /// (`seed`, `.partition`, `step`, i), so it can be drawn again in any order.
  func sample(count: Int, seed: UInt64, step: Int) -> [Partition]

  /// Draws what `sample` draws and keeps what an `update` with these partitions would compute once more.
  ///
  /// Takes memory until then and saves time; results are the same with `sample`.
  mutating func draw(count: Int, seed: UInt64, step: Int) -> [Partition]

  /// Moves θ towards partitions with high rewards.
  ///
  /// - Parameters:
  ///   - partitions: what `sample` returned in this search step, from this very θ.
  ///   - rewards: R_max(P) of each, or nil where every evaluation of it failed.
  ///   - seed: the run's seed.
  ///   - step: the search step's number, which names the random stream of the update.
  mutating func update(partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int)
    -> SearchReport

  /// The single partition this controller would deploy: its mode or its best known one.
  func proposal() -> Partition

  /// Everything the controller is, as bytes that `ControllerKind.restore` reads back exactly.
  func checkpoint() -> [UInt8]
}

extension PartitionController {
  /// `sample`, with nothing kept.
  public mutating func draw(count: Int, seed: UInt64, step: Int) -> [Partition] {
    sample(count: count, seed: seed, step: step)
  }
}

/// A controller that learns from rewards by steps whose size may move over a run.
public protocol SteppingController: PartitionController {
  /// The step of its learning rule, nil for the default of its kind.
  var learningRate: Double? { get set }
}

extension [Partition] {
  /// Mean number of classes with at least one edge.
  var meanUsedClassCount: Double { map { Double($0.usedClassCount) }.mean }
}

/// What one search step did, logged for every run.
public struct SearchReport: Sendable, Hashable, Codable {
  /// Mean entropy of the class decision per edge after the update, in nats (at most ln M).
  public var entropyPerEdge: Double
  /// Mean number of classes with at least one edge, over the step's partitions.
  public var classesUsed: Double
  /// Mean over edges of KL(new ‖ old) of the class decision, in nats.
  public var divergencePerEdge: Double

  /// A report with the given figures.
  public init(entropyPerEdge: Double, classesUsed: Double, divergencePerEdge: Double) {
    self.entropyPerEdge = entropyPerEdge
    self.classesUsed = classesUsed
    self.divergencePerEdge = divergencePerEdge
  }
}
