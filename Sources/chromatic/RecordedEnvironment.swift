import ChromaticPolicy
import Environments
import Randomness

/// An environment that remembers how its present episode began, and how far it came.
final class RecordedEnvironment: Environment {
  private let environment: any Environment
  /// Environment steps that were begun.
  private(set) var steps = 0
  /// Whether the last one ended in a terminal state.
  private(set) var hasTerminated = false
  /// Whether the last one was simulated to its end.
  private(set) var isWhole = false
  /// Where MuJoCo's positions and velocities began; nil where there are none.
  private(set) var initialState: ReplayState?

  /// Records the episodes of `environment`.
  init(_ environment: any Environment) { self.environment = environment }

  var observationSize: Int { environment.observationSize }
  var actionSize: Int { environment.actionSize }
  var horizon: Int { environment.horizon }
  var actionRule: ActionRule { environment.actionRule }
  var resetSeed: UInt64? { environment.resetSeed }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    (steps, hasTerminated, isWhole, initialState) = (0, false, false, nil)
    try environment.reset(&random, observation: observation)
    isWhole = true
    initialState = (environment as? any StatefulEnvironment)?.state
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    isWhole = false
    let outcome = try environment.step(action: action, observation: observation)
    isWhole = true
    hasTerminated = outcome.terminated
    return outcome
  }
}
