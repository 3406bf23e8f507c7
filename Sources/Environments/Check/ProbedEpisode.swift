import ChromaticPolicy
import Randomness

/// How an episode under random actions went, its first steps kept whole.
struct ProbedEpisode: Sendable {
  /// How it ended.
  enum Ending: Sendable, Hashable {
    /// In a terminal state.
    case terminated
    /// Before its horizon, without a terminal state.
    case truncated
    /// At its horizon, or where the probe was told to end.
    case horizon
  }

  /// The first observation, and those of the steps that are kept.
  var observations: [[Double]] = []
  /// Rewards of the steps that are kept.
  var rewards: [Double] = []
  /// Environment steps.
  var steps = 0
  /// Sum of the rewards.
  var total = 0.0
  /// Its end.
  var ending = Ending.horizon

  /// The first step whose observation or reward is another in `other`, 0 for the first observation; nil if
  /// what is kept of both agrees.
  func firstDifference(from other: ProbedEpisode) -> Int? {
    for (step, pair) in zip(observations, other.observations).enumerated()
    where pair.0 != pair.1 || step > 0 && rewards[step - 1] != other.rewards[step - 1] {
      return step
    }
    return observations.count == other.observations.count
      ? nil : min(observations.count, other.observations.count)
  }
}

extension Environment {
  /// Plays an episode whose initial state and actions follow from `seed` and `index` alone; they are those
  /// of no episode of a run.
  ///
  /// - Parameters:
  ///   - steps: after how many it ends at the latest.
  ///   - kept: how many of them are kept whole.
  ///   - watch: is shown every observation and, but for the first, the reward that came with it.
  func probe(
    seed: UInt64, index: UInt32, steps: Int, kept: Int,
    watch: (UnsafeMutableBufferPointer<Double>, Double?) -> Void = { _, _ in }
  ) throws(EnvironmentFailure) -> ProbedEpisode {
    let stepped = SteppedEnvironment(self)
    var start = RandomStream(seed: seed, purpose: .simulation, iteration: 1, index: index)
    var actions = RandomStream(seed: seed, purpose: .simulation, iteration: 2, index: index)
    var episode = ProbedEpisode()
    try stepped.reset(&start)
    episode.observations.append(stepped.observed)
    watch(stepped.observation, nil)
    while episode.steps < min(steps, horizon) {
      stepped.drawAction(&actions)
      let outcome = try stepped.step()
      episode.steps += 1
      episode.total += outcome.reward
      watch(stepped.observation, outcome.reward)
      if episode.steps <= kept {
        episode.observations.append(stepped.observed)
        episode.rewards.append(outcome.reward)
      }
      if outcome.terminated || outcome.truncated {
        episode.ending =
          outcome.terminated ? .terminated : episode.steps < horizon ? .truncated : .horizon
        break
      }
    }
    return episode
  }

  /// What is wrong with an episode that is begun twice from one seed, in one line with what to do; nil if
  /// nothing is, or if one of them fails. Takes some twenty steps.
  public func repetitionProblem(seed: UInt64) -> String? {
    do throws(EnvironmentFailure) {
      let first = try probe(seed: seed, index: 0, steps: 10, kept: 10)
      let again = try probe(seed: seed, index: 0, steps: 10, kept: 10)
      return EnvironmentCheck.difference(first, again).map { "\($0.text): \($0.mend)" }
    } catch {
      return nil
    }
  }
}
