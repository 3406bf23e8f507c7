import ChromaticPolicy
import Randomness
import RunProtocol

/// A rollout's stand-in: returns that depend on what the real one's do, and on nothing else.
///
/// That is the run's seed, the task's name, the published weights and the partition or finalist. A
/// digest of their texts takes microseconds; an episode of the simplest environment a hundred times
/// that, and a simulation plays a million of them.
enum StandInRollout {
  /// The result of `task` for the texts it was given; about one task in sixteen fails.
  static func result(
    seed: UInt64, task: TaskID, texts: [String], observationSize: Int, seconds: Double
  ) -> EvaluationResult {
    let name = digest(["\(seed)", "\(task.iteration.iteration) \(task.index)"])
    if name % 16 == 0 { return .failed("the stand-in fails by its name") }
    var random = RandomStream(seed: digest(texts) ^ name, purpose: .simulation)
    let steps = 1 + Int(random.next() % 50)
    let mean = (0..<observationSize).map { _ in random.uniform(-1, 1) }
    let squares = (0..<observationSize).map { _ in random.uniform(0, Double(steps)) }
    guard
      let observations = ObservationStatistics(
        count: steps, mean: mean, squaredDeviations: squares)
    else { preconditionFailure("observations drawn from finite numbers are finite") }
    return .finished(
      .init(
        totalReward: random.uniform(-10, 10), steps: steps, seconds: seconds,
        observations: observations))
  }

  /// FNV-1a over the texts, each closed by a byte that no text holds.
  private static func digest(_ texts: [String]) -> UInt64 {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in texts {
      for byte in text.utf8 { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      digest = (digest ^ 0xff) &* 0x0000_0100_0000_01b3
    }
    return digest
  }
}
