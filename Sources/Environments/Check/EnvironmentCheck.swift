import ChromaticPolicy
import Dispatch

/// What an environment does under random actions, and what of it will be in the way of training.
public struct EnvironmentCheck: Sendable {
  /// One thing that was looked at.
  public struct Finding: Sendable, Hashable, Codable {
    /// How much it matters.
    public enum Level: String, Sendable, Codable {
      /// As it should be.
      case ok
      /// Training works, with less to learn from or to compare.
      case note
      /// Training would not work.
      case problem
    }

    /// How much it matters.
    public var level: Level
    /// What was looked at, in a word or two.
    public var topic: String
    /// What was found, in one line.
    public var text: String
    /// What to do; nil where nothing is.
    public var mend: String?

    init(_ level: Level, _ topic: String, _ text: String, mend: String? = nil) {
      (self.level, self.topic, self.text, self.mend) = (level, topic, text, mend)
    }
  }

  /// In the order in which they were looked at.
  public private(set) var findings: [Finding] = []
  /// Environment steps per second of one slot, resets included; nil where no episode was whole.
  public private(set) var stepsPerSecond: Double?
  /// Mean length of the episodes, in environment steps; nil where no episode was whole.
  public private(set) var meanLength: Double?

  /// Episodes that are begun at most, and at least where none fails.
  private static let episodes: (most: UInt32, least: UInt32) = (20, 4)
  /// Steps of an episode that are compared with those of another.
  private static let compared = 100

  /// Plays some episodes.
  ///
  /// - Parameters:
  ///   - description: of the environment to be looked at.
  ///   - seed: names initial states and actions.
  ///   - limit: seconds after which no episode is begun that is not needed.
  ///   - clock: seconds.
  public init(
    _ description: EnvironmentDescription, seed: UInt64 = 0, limit: Double = 2,
    clock: () -> Double = { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
  ) throws(EnvironmentError) {
    let environment = try description.make()
    findings.append(Self.sizes(of: description))
    findings.append(Self.actions(by: environment.actionRule))
    do throws(EnvironmentFailure) {
      try play(environment, description, seed: seed, limit: limit, clock: clock)
    } catch {
      findings.append(
        Finding(
          .problem, "failure", error.description,
          mend: "mend it: an episode that fails counts nothing"))
    }
  }

  private mutating func play(
    _ environment: any Environment, _ description: EnvironmentDescription, seed: UInt64,
    limit: Double, clock: () -> Double
  ) throws(EnvironmentFailure) {
    let inspected = environment as? any InspectedEnvironment
    _ = try inspected?.inspect()
    var statistics = ProbeStatistics(size: description.observationSize)
    var played: [ProbedEpisode] = []
    let start = clock()
    for index in 0..<Self.episodes.most {
      if index >= Self.episodes.least, clock() - start > limit { break }
      played.append(
        try environment.probe(
          seed: seed, index: index, steps: description.horizon, kept: Self.compared
        ) { statistics.add($0, reward: $1) })
    }
    let seconds = max(clock() - start, 1e-9)
    let steps = played.reduce(0) { $0 + $1.steps }
    stepsPerSecond = Double(steps) / seconds
    meanLength = Double(steps) / Double(played.count)
    findings.append(
      Finding(.ok, "finite", "\(steps) steps of \(played.count) episodes, all finite"))
    findings += try inspected?.inspect() ?? []
    findings.append(try Self.repetition(environment, description, played[0], seed: seed))
    findings += [Self.starts(played), Self.ends(played), Self.rewards(statistics, played)]
    findings += Self.observations(statistics)
  }

  /// Whether nothing stands in the way of training.
  public var isUsable: Bool { findings.allSatisfy { $0.level != .problem } }
}
