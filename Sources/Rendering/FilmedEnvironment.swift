import ChromaticPolicy
import Environments
import Randomness

/// An environment that is filmed while it is played: same episodes, a picture every few steps.
package final class FilmedEnvironment: Environment {
  package var observationSize: Int { environment.observationSize }
  package var actionSize: Int { environment.actionSize }
  package var actionRule: ActionRule { environment.actionRule }
  package let horizon: Int
  /// What stopped the film, which ends the episode.
  package private(set) var failure: (any Error)?

  private let environment: any PhysicalEnvironment
  private let stepsPerFrame: Int
  private let film: (Int, Double) throws -> Void
  private var steps = 0
  private var totalReward = 0.0

  /// `film` is called with the number of steps done and the return so far, at the start and after every
  /// `stepsPerFrame`.
  package init(
    _ environment: any PhysicalEnvironment, horizon: Int, stepsPerFrame: Int,
    film: @escaping (Int, Double) throws -> Void
  ) {
    self.environment = environment
    self.horizon = min(horizon, environment.horizon)
    self.stepsPerFrame = stepsPerFrame
    self.film = film
  }

  package func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    (steps, totalReward) = (0, 0)
    try environment.reset(&random, observation: observation)
    try take()
  }

  package func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    let outcome = try environment.step(action: action, observation: observation)
    steps += 1
    totalReward += outcome.reward
    if steps.isMultiple(of: stepsPerFrame) { try take() }
    return outcome
  }

  private func take() throws(EnvironmentFailure) {
    do {
      try film(steps, totalReward)
    } catch {
      failure = error
      throw EnvironmentFailure("\(error)")
    }
  }
}
