import ChromaticPolicy
import ExactArithmetic
import RunQueue

/// What an evaluator reports for one task.
public enum EvaluationResult: Sendable, Hashable {
  /// The episode was simulated to its end.
  case finished(Episode)
  /// It could not be, for the reason in one line. Never a number.
  case failed(String)

  /// A simulated episode.
  public struct Episode: Sendable, Hashable {
    /// Sum of the environment's own rewards.
    public var totalReward: Double
    /// Environment steps.
    public var steps: Int
    /// Seconds the rollout took, by the evaluator's clock; informative, never part of a result.
    public var seconds: Double
    /// Statistics of the episode's observations.
    public var observations: ObservationStatistics

    /// An episode with the given parts.
    public init(
      totalReward: Double, steps: Int, seconds: Double, observations: ObservationStatistics
    ) {
      self.totalReward = totalReward
      self.steps = steps
      self.seconds = seconds
      self.observations = observations
    }
  }
}

/// The text form, `return=… steps=… seconds=… observations=… mean=… squares=…` or `failed …`.
extension EvaluationResult {
  /// The result as one line of text.
  public var text: String {
    switch self {
    case .failed(let reason):
      "failed \(reason)"
    case .finished(let episode):
      "return=\(episode.totalReward) steps=\(episode.steps) seconds=\(episode.seconds)"
        + " observations=\(episode.observations.count)"
        + " mean=\(NumberList.text(episode.observations.mean))"
        + " squares=\(NumberList.text(episode.observations.squaredDeviations))"
    }
  }

  /// The result that `text` describes for an environment with `observationSize` components.
  ///
  /// Nil if it is malformed, has the wrong size or holds a number that is not finite.
  public init?(text: String, observationSize: Int) {
    var text = text
    guard let result = text.withUTF8({ Self.read($0[...], observationSize: observationSize) })
    else { return nil }
    self = result
  }

  private static func read(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, observationSize: Int
  ) -> EvaluationResult? {
    let failed = "failed ".utf8
    if text.starts(with: failed) {
      return .failed(String(decoding: text.dropFirst(failed.count), as: UTF8.self))
    }
    let parts = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    func value(_ position: Int, _ name: String) -> Slice<UnsafeBufferPointer<UInt8>>? {
      let name = name.utf8
      return parts[position].starts(with: name) ? parts[position].dropFirst(name.count) : nil
    }
    func count(_ position: Int, _ name: String) -> Int? {
      value(position, name).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
    guard parts.count == 6,
      let total = value(0, "return=").flatMap(Double.init(decimal:)),
      let steps = count(1, "steps="),
      let seconds = value(2, "seconds=").flatMap(Double.init(decimal:)),
      let observed = count(3, "observations="),
      let mean = value(4, "mean=").flatMap({ NumberList.parse($0, count: observationSize) }),
      let squares = value(5, "squares=").flatMap({ NumberList.parse($0, count: observationSize) }),
      let observations = ObservationStatistics(
        count: observed, mean: mean, squaredDeviations: squares)
    else { return nil }
    let episode = Episode(
      totalReward: total, steps: steps, seconds: seconds, observations: observations)
    guard episode.absurdity == nil else { return nil }
    return .finished(episode)
  }
}

extension EvaluationResult.Episode {
  /// Which of its numbers nobody may believe, since sums over a run would overflow; nil if there is none.
  public var absurdity: String? {
    let observed = observations.mean.first { !CredibleRange.value.contains($0) }
    if !CredibleRange.value.contains(totalReward) {
      return "the return is \(totalReward), expected -1e100 to 1e100"
    }
    if let observed { return "an observation's mean is \(observed), expected -1e100 to 1e100" }
    if !observations.squaredDeviations.allSatisfy(CredibleRange.squares.contains) {
      return "an observation's squared deviations add up to more than 1e250"
    }
    let counts = [steps - 1, observations.count]
    guard counts.allSatisfy(CredibleRange.episodeCount.contains),
      CredibleRange.episodeCount.contains(steps), CredibleRange.seconds.contains(seconds)
    else { return "it has \(steps) steps, \(observations.count) observations, \(seconds) s" }
    return nil
  }
}

extension EvaluationResult {
  /// Why the evaluation failed, nil if it did not.
  public var reason: String? {
    switch self {
    case .finished: nil
    case .failed(let reason): reason
    }
  }

  /// The episode, nil if the evaluation failed.
  public var episode: Episode? {
    switch self {
    case .finished(let episode): episode
    case .failed: nil
    }
  }
}
