import ChromaticPolicy
import Randomness
import Ring
import RunPlan
import RunQueue

/// A rollout's stand-in: returns that depend on what the real one's do, and on nothing else.
///
/// That is the task's name, the episode's random stream and the policy that is played. A digest of them
/// takes microseconds; an episode of the simplest environment a hundred times that, and a simulation
/// plays a million of them.
enum StandInRollout {
  /// The episode that was asked for; about one in sixteen fails.
  static func episode(
    _ request: EpisodeRequest, observationSize: Int, seconds: Double
  ) throws -> EvaluationResult.Episode {
    var episode = request.random
    var name = Digest()
    name.add(episode.next())
    name.add(UInt64(request.task.iteration.iteration))
    name.add(UInt64(request.task.index))
    if name.value % 16 == 0 { throw StandInFailure() }
    var policy = name
    policy.add(request.policy)
    var random = RandomStream(seed: policy.value, purpose: .simulation)
    let steps = 1 + Int(random.next() % 50)
    let mean = (0..<observationSize).map { _ in random.uniform(-1, 1) }
    let squares = (0..<observationSize).map { _ in random.uniform(0, Double(steps)) }
    guard
      let observations = ObservationStatistics(
        count: steps, mean: mean, squaredDeviations: squares)
    else { preconditionFailure("observations drawn from finite numbers are finite") }
    return EvaluationResult.Episode(
      totalReward: random.uniform(-10, 10), steps: steps, seconds: seconds,
      observations: observations)
  }
}

/// Why some stand-ins fail.
private struct StandInFailure: Error, CustomStringConvertible {
  let description = "the stand-in fails by its name"
}

/// FNV-1a over words.
private struct Digest {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) {
    // Mixed, since neighbouring words differ in few bits.
    value = (value ^ word) &* 0x0000_0100_0000_01b3
    value ^= value >> 29
  }

  mutating func add(_ policy: PlayedPolicy) {
    for entry in policy.partition.classes { add(UInt64(bitPattern: Int64(entry))) }
    for numbers in [policy.parameters, policy.normalisation.mean, policy.normalisation.deviation] {
      for number in numbers { add(number.bitPattern) }
    }
  }
}
