import Dispatch
import Randomness

extension Environment {
  /// Begins episodes, a step with the action 0 each, until one did not break; so what always breaks is
  /// found before any result depends on it. Throws what the last of `trialCount` ended with, or the first
  /// after `trialSeconds`.
  ///
  /// - Parameters:
  ///   - seed: draws the initial states, which are those of no episode of a run.
  ///   - seconds: the clock of that time.
  public func tryEpisode(
    seed: UInt64,
    seconds: () -> Double = { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
  ) throws(EnvironmentFailure) {
    let stepped = SteppedEnvironment(self)
    let start = seconds()
    var failure: EnvironmentFailure?
    for index in 0..<trialCount {
      var random = RandomStream(seed: seed, purpose: .simulation, iteration: 0, index: index)
      do throws(EnvironmentFailure) {
        try stepped.reset(&random)
        _ = try stepped.step()
        return
      } catch {
        failure = error
        if seconds() - start > trialSeconds { break }
      }
    }
    if let failure { throw failure }
  }
}

/// Episodes that have to break at their first step for an environment to count as broken.
private let trialCount: UInt32 = 4
/// Seconds after which none begins: one that hangs would do so in each of them.
private let trialSeconds = 5.0
