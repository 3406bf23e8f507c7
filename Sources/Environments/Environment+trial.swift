import Randomness

extension Environment {
  /// Begins episodes, a step with the action 0 each, until one did not break; so what always breaks is
  /// found before any result depends on it. Throws what the last of `trialCount` ended with.
  ///
  /// - Parameter seed: draws the initial states, which are those of no episode of a run.
  public func tryEpisode(seed: UInt64) throws(EnvironmentFailure) {
    let observation = UnsafeMutableBufferPointer<Double>.allocate(capacity: observationSize)
    let action = UnsafeMutableBufferPointer<Double>.allocate(capacity: actionSize)
    observation.initialize(repeating: 0)
    action.initialize(repeating: 0)
    defer {
      observation.deallocate()
      action.deallocate()
    }
    var failure: EnvironmentFailure?
    for index in 0..<trialCount {
      var random = RandomStream(seed: seed, purpose: .simulation, iteration: 0, index: index)
      do throws(EnvironmentFailure) {
        try reset(&random, observation: observation)
        _ = try step(action: UnsafeBufferPointer(action), observation: observation)
        return
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// Episodes that have to break at their first step for an environment to count as broken.
private let trialCount: UInt32 = 4
