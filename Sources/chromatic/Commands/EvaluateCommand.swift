import ArgumentParser
import ChromaticPolicy
import Foundation
import RunPlan
import ReadableNumbers

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Plays fresh episodes with a policy and prints its returns.",
    discussion: """
      The return is the sum of the environment's own rewards. The environment is the one the policy \
      was trained in, with whatever settings are given here.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(parsing: .unconditional, help: "Number of episodes.")
  var episodes = 20

  @Option(parsing: .unconditional, help: "Names the episodes' initial states.")
  var seed: UInt64 = 0

  @Flag(
    help:
      "Print one JSON object, with every episode's seed or initial state, length, return or failure."
  )
  var json = false

  @OptionGroup(title: "Environment") var environment: EnvironmentFlags

  @OptionGroup(title: "Environment") var moved: MovedModel

  func run() throws {
    guard (1...1_000_000).contains(episodes) else {
      throw InvalidSetting("--episodes", is: episodes, expected: "1 to 1000000")
    }
    let playable = try PlayablePolicy(policy, under: environment, moved: moved)
    let policy = playable.policy
    let played = try playable.evaluate(episodes: episodes, seed: seed)
    let evaluation = played.evaluation
    played.warnOfFailures()
    if json {
      return try JSONOutput.print(Report(played, policy, seed: seed))
    }
    let figure = { (value: Double) in value.returnText(.plain) }
    print(
      "\(policy.environment)  \(evaluation.episodes) episodes, seed \(seed): "
        + "mean \(figure(evaluation.mean))  std \(figure(evaluation.std))  "
        + "min \(figure(evaluation.min))  max \(figure(evaluation.max))")
  }

  private struct Report: Encodable {
    var environment: EnvironmentSettings
    var mean: Double
    var std: Double
    var min: Double
    var max: Double
    var episodes: Int
    var seed: UInt64
    var failed: Int
    var failureReturn: Double?
    var returns: [Double?]
    var rollouts: [PlayedEpisode]

    init(_ played: FreshEpisodes, _ policy: Policy, seed: UInt64) {
      let evaluation = played.evaluation
      environment = policy.environment
      mean = evaluation.mean
      std = evaluation.std
      min = evaluation.min
      max = evaluation.max
      episodes = evaluation.episodes
      failed = evaluation.failureCount
      failureReturn = evaluation.failureReturn
      self.seed = seed
      returns = played.returns
      rollouts = played.played
    }
  }
}
