import ArgumentParser
import ChromaticPolicy
import Foundation
import RunPlan
import ReadableNumbers

struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Lets the edges of a trained policy share the M weights nearest to theirs.",
    discussion: """
      The classes are the best ones there are for the weights, by k-means on a line, where an edge \
      weighs as much as it matters to the actions; nothing is retrained. Prints what the policy costs and returns before and after, over the same episodes.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(parsing: .unconditional, help: "M, the number of weights that are left.")
  var partitions: Int

  @Flag(help: "M weights for every matrix by itself instead of for all together.")
  var perLayer = false

  @Flag(
    help:
      "Biases are clustered with the weights instead of staying numbers of their own; always where they share already."
  )
  var shareBiases = false

  @Flag(help: "Every edge weighs alike, instead of by how much it matters to the actions.")
  var unweighted = false

  @Option(parsing: .unconditional, help: "Number of episodes, 0 for none.")
  var episodes = 20

  @Option(parsing: .unconditional, help: "Names the episodes' initial states.")
  var seed: UInt64 = 0

  @Option(
    name: [.customShort("o"), .long], help: "Where the policy goes.",
    completion: .file(extensions: ["json"]))
  var output: String

  @OptionGroup(title: "Environment") var environment: EnvironmentFlags

  @OptionGroup(title: "Environment") var moved: MovedModel

  func run() throws {
    guard (0...1_000_000).contains(episodes) else {
      throw InvalidSetting("--episodes", is: episodes, expected: "0 to 1000000")
    }
    let before = try PlayablePolicy(policy, under: environment, moved: moved)
    try check(before.policy)
    try OutputFile.checkWritable(output)
    var clustered = before.policy.clustered(
      into: partitions, perLayer: perLayer, sharesBiases: shareBiases,
      inputs: unweighted ? nil : ClusteringInputs.standard(for: before.policy.architecture))
    print(line("before", before.policy, try evaluation(of: before)))
    clustered.evaluation = try evaluation(of: before.playing(clustered))
    print(line("after", clustered, clustered.evaluation))
    try OutputFile.write(PolicyFile.encode(clustered), to: output)
    print("\(output)  \(clustered.accounting.weights.counted("weight", "weights"))")
  }

  private func check(_ policy: Policy) throws {
    guard !policy.policyClass.removesEdges else {
      throw InvalidSetting(
        "\(self.policy) is a \(policy.policyClass.rawValue) policy, expected one with all its edges"
      )
    }
    let edges = policy.architecture.edgeCount
    guard (1...edges).contains(partitions) else {
      throw InvalidSetting("--partitions", is: partitions, expected: "1 to \(edges)")
    }
  }

  private func evaluation(of playable: PlayablePolicy) throws -> Policy.Evaluation? {
    guard episodes > 0 else { return nil }
    let played = try playable.evaluate(episodes: episodes, seed: seed)
    played.warnOfFailures()
    return played.evaluation
  }

  private func line(
    _ name: String, _ policy: Policy, _ evaluation: Policy.Evaluation?
  ) -> String {
    let weights = policy.accounting.weights.counted("weight", "weights")
    let cost = "\(weights), \(policy.accounting.bits) bits"
    let start = name.padding(toLength: 8, withPad: " ", startingAt: 0) + cost
    guard let evaluation else { return start }
    let figure = { (value: Double) in value.returnText(.plain) }
    return start
      + "  mean \(figure(evaluation.mean))  std \(figure(evaluation.std))  "
      + "min \(figure(evaluation.min))  max \(figure(evaluation.max))"
  }
}
