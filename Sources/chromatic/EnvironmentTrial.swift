import Environments
import Randomness
import RunPlan

extension RunConfiguration {
  /// Makes the environment and starts an episode, so that a mistake in it is said before the run is.
  func tryEnvironment() throws {
    let trial = try EnvironmentCatalog.make(environment)
    let observation = UnsafeMutableBufferPointer<Double>.allocate(capacity: trial.observationSize)
    observation.initialize(repeating: 0)
    defer { observation.deallocate() }
    var random = RandomStream(seed: seed, purpose: .simulation, iteration: 0, index: 0)
    try trial.reset(&random, observation: observation)
  }
}
