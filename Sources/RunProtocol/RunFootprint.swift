import ArchitectureSearch
import ChromaticPolicy

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
    let edges = configuration.architecture.edgeCount
    let partition = edges * (configuration.partitions > 64 ? 2 : 1) + Self.entry
    let observation = 2 * configuration.observationSize * Self.number
    let parameters = configuration.parameterCount * Self.number
    let evaluations = max(
      schedule.trainingCount, configuration.finalists * configuration.finalistEpisodes)
    iteration = evaluations * (observation + 2 * Self.entry + 6 * Self.number)
    batch = (schedule.batchSize + 1) * partition + schedule.batchSize * Self.number
    // A policy file has every number on a line of its own; a server rounds large values up.
    let policy = 2 * (parameters + observation) + partition + 4096
    checkpoint =
      (configuration.finalists + 1) * policy + Self.controllerBytes(configuration, edges) * 4 / 3
      + parameters + observation
    history = configuration.iterations * Self.line
  }

  /// A controller's checkpoint grows linearly with the edges, so two small ones tell its size.
  private static func controllerBytes(_ configuration: RunConfiguration, _ edges: Int) -> Int {
    let sizes = [1, 2].map { edges in
      configuration.controller.make(
        edgeCount: edges, classCount: configuration.partitions, seed: 0,
        settings: configuration.controllerSettings
      ).checkpoint().count
    }
    let replayed = configuration.controller == .pointer ? edges * 8 + entry : 0
    let capacity = configuration.controllerSettings.replayCapacity ?? 32
    return (sizes[0] + (sizes[1] - sizes[0]) * edges + replayed * capacity) * 5 / 4
  }
}
