import ArchitectureSearch
import ChromaticPolicy
import RunQueue

/// Upper bounds of the bytes that a run holds in a server, from its configuration alone.
///
/// `QueueMemoryTests` compares them with what a server says.
public struct RunFootprint: Sendable, Hashable {
  /// One iteration: its tasks and all its results.
  public let iteration: Int
  /// A batch of partitions.
  public let batch: Int
  /// The controller's parameters θ and the best policies.
  public let checkpoint: Int
  /// All lines of history.
  public let history: Int

  /// All of them, and what a run holds beside.
  public var total: Int { iteration + batch + checkpoint + history + Self.rest }

  /// What a server has to have room for.
  public var memory: MemoryFootprint { MemoryFootprint(batch: batch, total: total) }

  /// A number as text with what separates it from the next, in the longest form.
  private static let number = 26
  /// What a server adds to an entry of a hash or list.
  private static let entry = 120
  /// A line of history with every figure in its longest form.
  private static let line = 700
  /// Configuration, state and the names of all keys.
  private static let rest = 16_384

  /// The bounds for a run of `configuration`, which is valid.
  public init(_ configuration: RunConfiguration) {
    let schedule = TaskSchedule(configuration)
    let space = configuration.searchSpace
    let partition = space.decisionCount * (space.choiceCount > 64 ? 2 : 1) + Self.entry
    let observation = 2 * configuration.observationSize * Self.number
    let moments = configuration.optimiser == .adam ? 2 : 0
    let parameters = (1 + moments) * configuration.layout(of: 0).count * Self.number
    let evaluations = max(
      schedule.trainingCount, configuration.finalists * configuration.finalistEpisodes)
    iteration = evaluations * (observation + 2 * Self.entry + 6 * Self.number)
    let drawn = schedule.batchSize * (partition + Self.number)
    batch =
      drawn + partition + (configuration.searchLag ?? 0) * (drawn + schedule.batchSize * Self.entry)
      + (configuration.clusteringPlan == nil ? 0 : configuration.partitions * Self.number)
    // A policy file has every number on a line of its own; a server rounds large values up.
    let policy = 2 * (parameters + observation) + partition + 4096
    checkpoint =
      (configuration.finalists + 1) * policy + Self.controllerBytes(configuration) * 4 / 3
      + parameters + observation
    history = configuration.iterations * Self.line
  }

  /// A controller's checkpoint, rounded up as a server does.
  private static func controllerBytes(_ configuration: RunConfiguration) -> Int {
    let space = configuration.searchSpace
    let bound = configuration.controller.checkpointBound(
      edgeCount: space.decisionCount, classCount: space.choiceCount,
      batchSize: TaskSchedule(configuration).batchSize,
      settings: configuration.controllerSettings)
    return bound * 5 / 4
  }
}
