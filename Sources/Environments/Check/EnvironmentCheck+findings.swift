import ChromaticPolicy
import Foundation

extension EnvironmentCheck.Finding {
  /// That an environment is there and cannot be made; nil for a mistake in what was asked for.
  public init?(_ error: EnvironmentError) {
    switch error.code {
    case .unsupportedEnvironment: self.init(.problem, "spaces", error.description)
    case .brokenEnvironment: self.init(.problem, "start", error.description)
    default: return nil
    }
  }
}

/// What is said of each thing that was looked at.
extension EnvironmentCheck {
  /// Beyond this an observation is unusual.
  private static let largeObservation = 1e4
  /// Beyond this a bound of an action is none that is meant.
  private static let largeAction = 1e6

  static func sizes(of description: EnvironmentDescription) -> Finding {
    Finding(
      .ok, "sizes",
      "\(count(description.observationSize, "observation")), "
        + "\(count(description.actionSize, "output")) of a policy, episodes of at most \(description.horizon) steps"
    )
  }

  static func actions(by rule: ActionRule) -> Finding {
    switch rule {
    case .scale(let low, let high, let rounds):
      let ranges = Set(zip(low, high).map { "\(text($0)) to \(text($1))" })
      let range = ranges.count == 1 ? ranges.first ?? "" : "\(ranges.count) different ranges"
      guard low != high, zip(low, high).allSatisfy({ $0 < $1 }) else {
        let fixed = zip(low, high).enumerated().filter { $1.0 >= $1.1 }.map { "\($0.offset)" }
        return Finding(
          .note, "actions",
          "components \(fixed.joined(separator: ", ")) have a range of one number",
          mend: "leave them out of the action space: weights that lead there learn nothing")
      }
      if let wide = low.indices.first(where: { max(abs(low[$0]), abs(high[$0])) > largeAction }) {
        return Finding(
          .note, "actions",
          "component \(wide) ranges from \(text(low[wide])) to \(text(high[wide]))",
          mend: "bound it by what is of use: a policy's −1 to 1 is spread over all of it")
      }
      return Finding(
        .ok, "actions", "\(count(low.count, "number")), \(range)" + (rounds ? ", rounded" : ""))
    case .sign: return Finding(.ok, "actions", "2 choices, by the sign of one output")
    case .argmax(let choices, _):
      return Finding(.ok, "actions", "\(choices) choices, the one with the largest output")
    }
  }

  /// Whether an episode that is begun again is the same, here and in an instance of its own.
  static func repetition(
    _ environment: any Environment, _ description: EnvironmentDescription, _ first: ProbedEpisode,
    seed: UInt64
  ) throws(EnvironmentFailure) -> Finding {
    let kept = max(first.rewards.count, 1)
    let again = try environment.probe(seed: seed, index: 0, steps: kept, kept: kept)
    if let line = difference(first, again) {
      return Finding(.note, "same seed", line.text, mend: line.mend)
    }
    let other: any Environment
    do {
      other = try description.make()
    } catch {
      throw EnvironmentFailure("a second instance cannot be made: \(error)")
    }
    if let line = difference(
      first, try other.probe(seed: seed, index: 0, steps: kept, kept: kept))
    {
      return Finding(
        .note, "same seed", line.text + ", in another instance", mend: line.mend)
    }
    return Finding(
      .ok, "same seed", "the same \(first.rewards.count) steps again, in another instance, too")
  }

  /// Where an episode differs from one of the same seed and actions, and what to do about it; nil if nowhere.
  static func difference(
    _ first: ProbedEpisode, _ again: ProbedEpisode
  ) -> (text: String, mend: String)? {
    first.firstDifference(from: again).map { step in
      (
        step == 0
          ? "another first observation from the same seed"
          : "another step \(step) from the same seed and actions",
        "seed every generator in reset(seed=…) and keep nothing of former episodes, or runs cannot be repeated"
      )
    }
  }

  static func starts(_ played: [ProbedEpisode]) -> Finding {
    let starts = Set(played.compactMap(\.observations.first)).count
    guard starts > 1 else {
      return Finding(
        .note, "initial states", "every episode begins with the same observation",
        mend: "where that is not meant, draw the initial state from the seed that reset is given")
    }
    return Finding(.ok, "initial states", "\(starts) of \(played.count) episodes begin differently")
  }

  static func ends(_ played: [ProbedEpisode]) -> Finding {
    func count(_ ending: ProbedEpisode.Ending) -> Int { played.count { $0.ending == ending } }
    let (terminated, truncated) = (count(.terminated), count(.truncated))
    let text =
      "\(terminated) terminated, \(truncated) truncated by the environment, \(count(.horizon)) at the horizon"
    if played.dropFirst().allSatisfy({ $0.steps == 1 && $0.ending != .horizon }) {
      let all = played[0].steps == 1
      return Finding(
        .note, "ends",
        "every episode\(all ? "" : " after the first") ended at its first step",
        mend: all
          ? "where that is not meant, return terminated for what the step has reached alone"
          : "let reset clear what ended the episode before")
    }
    let lengths = Set(played.filter { $0.ending == .terminated }.map(\.steps))
    guard terminated == played.count, lengths.count == 1, let length = lengths.first, length > 1
    else {
      return Finding(.ok, "ends", text)
    }
    return Finding(
      .note, "ends", "every episode terminated at step \(length)",
      mend:
        "a limit of time is truncated, not terminated: return truncated, or set max_episode_steps")
  }

  static func rewards(_ statistics: ProbeStatistics, _ played: [ProbedEpisode]) -> Finding {
    let (least, most) = (statistics.leastReward, statistics.mostReward)
    let mean = statistics.rewardSum / Double(max(statistics.steps, 1))
    let range = "\(text(least)) to \(text(most)) a step, mean \(text(mean))"
    guard Set(played.map(\.total)).count > 1 else {
      return Finding(
        .note, "rewards", "every return was \(text(played.first?.total ?? 0)) under random actions",
        mend: "reward what comes near the goal, too: training learns from returns that differ")
    }
    return Finding(.ok, "rewards", range)
  }

  static func observations(_ statistics: ProbeStatistics) -> [Finding] {
    var findings: [Finding] = []
    let constant = statistics.constant
    if !constant.isEmpty {
      let names = constant.prefix(8).map(String.init).joined(separator: ", ")
      findings.append(
        Finding(
          .note, "observations",
          "\(constant.count) of \(statistics.least.count) components never changed: \(names)"
            + (constant.count > 8 ? ", …" : ""),
          mend: "leave them out where they never do: every one costs weights"))
    }
    if let (component, magnitude) = statistics.widest {
      let text = "up to \(text(magnitude)) in component \(component)"
      findings.append(
        magnitude > largeObservation
          ? Finding(
            .note, "observations", text,
            mend:
              "cut it off: moments by which observations are normalised follow the rare large ones")
          : Finding(.ok, "observations", text))
    }
    return findings
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  private static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}
