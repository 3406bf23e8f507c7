import ChromaticPolicy
import EvolutionStrategies
import Randomness
import RunQueue

/// One evaluation as its task's name and the run's configuration fix it: what it is, and from which
/// initial state it is played. No noise travels.
public struct Evaluation: Sendable {
  /// The task's name.
  public let task: TaskID
  /// What is evaluated.
  public let kind: EvaluationKind
  /// The random stream of the episode; an antithetic pair, or a whole batch, shares it.
  public let episode: RandomStream
  private let configuration: RunConfiguration

  /// The evaluation named `task`, or nil if the run's schedule has none of that name.
  public init?(_ task: TaskID, of configuration: RunConfiguration) {
    let schedule = TaskSchedule(configuration)
    let iteration = task.iteration.iteration
    guard let kind = schedule.kind(iteration: iteration, index: task.index) else { return nil }
    self.task = task
    self.kind = kind
    self.configuration = configuration
    episode = RandomStream(
      seed: configuration.seed, purpose: .episode, iteration: UInt32(iteration),
      index: UInt32(schedule.episode(iteration: iteration, index: task.index)))
  }

  /// The batch of partitions that its iteration uses.
  public var batch: Int { TaskSchedule(configuration).batch(of: task.iteration.iteration) }

  /// The policy to be played: W + σg, W − σg or W under what was decided.
  ///
  /// Evaluator and aggregator agree on g because both recreate it from the task's name.
  ///
  /// - Parameters:
  ///   - weights: those of the task's iteration.
  ///   - decided: what the controller decided for it.
  ///   - directions: those of its iteration; it remembers what others may need.
  public func policy(
    _ weights: WeightsSnapshot, decided: Decided, directions: inout DirectionSampler
  ) -> PlayedPolicy {
    configuration.policy(
      parameters: parameters(weights, &directions), of: weights, decided: decided,
      isProposal: kind == .proposal)
  }

  /// Whether `weights` are those that the task's iteration starts from.
  ///
  /// Between the reduction that ends the training of latents and the publication that freezes the
  /// partition, weights of the right iteration are still latents.
  public func starts(from weights: WeightsSnapshot) -> Bool {
    weights.iteration == task.iteration.iteration
      && weights.form == configuration.form(of: weights.iteration)
  }

  /// The parameters that are played, of the run's layout.
  private func parameters(
    _ weights: WeightsSnapshot, _ directions: inout DirectionSampler
  ) -> [Double] {
    guard case .perturbed(let direction, let sign, _) = kind else { return weights.parameters }
    return Perturbation.apply(
      directions.direction(direction),
      scale: sign * configuration.sigma(of: task.iteration.iteration), to: weights.parameters)
  }

  /// The field of the partitions hash that is played; nil for a finalist.
  public var partitionField: String? {
    switch kind {
    case .perturbed(_, _, let partition), .pivot(let partition): String(partition)
    case .proposal: PartitionBatch.proposalField
    case .finalist: nil
    }
  }
}
