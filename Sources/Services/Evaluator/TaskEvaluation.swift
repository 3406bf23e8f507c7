import ChromaticPolicy
import Environments
import EvolutionStrategies
import Randomness
import RunProtocol

/// The evaluator's pure core: which policy a task plays, and from which initial state.
///
/// Evaluator and aggregator agree on perturbations because both recreate them from the task's name.
package struct TaskEvaluation {
  let configuration: RunConfiguration
  let task: TaskID

  /// The parameters a task of `kind` plays: W + σg, W − σg or W.
  func parameters(_ kind: EvaluationKind, weights: WeightsSnapshot) -> [Double] {
    guard case .perturbed(let direction, let sign, _) = kind else { return weights.parameters }
    var directions = configuration.directions(of: task.iteration.iteration)
    return Perturbation.apply(
      directions.direction(direction), scale: sign * configuration.sigma, to: weights.parameters)
  }

  /// The random stream of the task's episode.
  var episode: RandomStream {
    let iteration = task.iteration.iteration
    let index = TaskSchedule(configuration).episode(iteration: iteration, index: task.index)
    return RandomStream(
      seed: configuration.seed, purpose: .episode, iteration: UInt32(iteration),
      index: UInt32(index))
  }

  /// The field of the partitions hash that a task of `kind` plays; nil for a finalist.
  package static func partitionField(_ kind: EvaluationKind) -> String? {
    switch kind {
    case .perturbed(_, _, let partition), .pivot(let partition): String(partition)
    case .proposal: PartitionBatch.proposalField
    case .finalist: nil
    }
  }
}
