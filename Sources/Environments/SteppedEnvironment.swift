import Randomness

/// An environment with the memory for what goes into a step and comes out of it.
///
/// What plays episodes is made of it: rollouts, the trial before a run, the check.
final class SteppedEnvironment {
  /// The environment.
  let environment: any Environment
  /// What the last reset or step gave; zeros before the first.
  let observation: UnsafeMutableBufferPointer<Double>
  /// The action of the next step; zeros until it is written.
  let action: UnsafeMutableBufferPointer<Double>

  /// Memory for `environment`, which is not reset yet.
  init(_ environment: any Environment) {
    self.environment = environment
    observation = .allocate(capacity: environment.observationSize)
    observation.initialize(repeating: 0)
    action = .allocate(capacity: environment.actionSize)
    action.initialize(repeating: 0)
  }

  deinit {
    observation.deallocate()
    action.deallocate()
  }

  /// Begins an episode from the initial state that `random` draws.
  func reset(_ random: inout RandomStream) throws(EnvironmentFailure) {
    try environment.reset(&random, observation: observation)
  }

  /// Takes a step with `action`.
  func step() throws(EnvironmentFailure) -> StepOutcome {
    try environment.step(action: UnsafeBufferPointer(action), observation: observation)
  }

  /// Draws every component of the next action uniformly from [−1, 1].
  func drawAction(_ random: inout RandomStream) {
    for i in action.indices { action[i] = random.uniform(-1, 1) }
  }

  /// The observation, to keep.
  var observed: [Double] { Array(observation) }
}
