import ArgumentParser
import ChromaticPolicy
import Foundation
import Programs
import ReadableNumbers
import RunPlan

struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Lets the edges of a trained policy share the M weights nearest to theirs.",
    discussion: """
      The classes are the best ones there are for the weights, by k-means on a line, where an edge \
      weighs as much as it matters to the actions; nothing is retrained. Prints what the policy costs and returns \
      before and after, over the same episodes. With --keep M is the smallest number, tried from 1 on, whose \
      policy keeps that share of the return.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(parsing: .unconditional, help: "M, the number of weights that are left; or --keep.")
  var partitions: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "As few weights as keep this share of the mean return: 0.9 of 400 is 360, of -100 it is -110.",
      valueName: "share"))
  var keep: Double?

  @Flag(help: "M weights for every matrix by itself instead of for all together.")
  var perLayer = false

  @Flag(
    help:
      "Biases are clustered with the weights instead of staying numbers of their own; always where they share already."
  )
  var shareBiases = false

  @Flag(help: "Every edge weighs alike, instead of by how much it matters to the actions.")
  var unweighted = false

  @Option(parsing: .unconditional, help: "Number of episodes; with --partitions 0 for none.")
  var episodes = 20

  @Option(parsing: .unconditional, help: "Names the episodes' initial states.")
  var seed: UInt64 = 0

  @Flag(help: "Print one JSON object, see docs/schemas/cluster.json.")
  var json = false

  @Option(
    name: [.customShort("o"), .long], help: "Where the policy goes.",
    completion: .file(extensions: ["json"]))
  var output: String

  @OptionGroup(title: "Environment") var environment: EnvironmentFlags

  @OptionGroup(title: "Environment") var moved: MovedModel

  func run() throws {
    try checkFlags()
    let trained = try PlayablePolicy(policy, under: environment, moved: moved)
    try check(trained.policy)
    try OutputFile.checkWritable(output)
    let before = try judged(trained)
    say("before", before)
    var found = ClusteredPolicy(before: before, keep: keep)
    for count in partitions.map({ $0...$0 }) ?? 1...distinct(trained.policy) {
      let candidate = trained.playing(clustered(trained.policy, into: count))
      found.tried.append(try judged(candidate, mayFail: keep != nil))
      if found.isKept { return try finish(found, candidate.policy) }
      say("tried", found.after)
    }
    throw CommandError.data(
      "\(policy): not even as many weights as it has return what it did over the same episodes: they do not "
        + "repeat; give --partitions")
  }

  /// At most so many numbers are different, so that as many classes leave the policy as it is.
  private func distinct(_ policy: Policy) -> Int {
    policy.accounting.weights + (shareBiases ? policy.architecture.biasCount : 0)
  }

  private func checkFlags() throws(InvalidSetting) {
    guard (partitions == nil) != (keep == nil) else {
      throw InvalidSetting("expected one of --partitions and --keep")
    }
    if let keep, !(keep > 0 && keep <= 1) {
      throw InvalidSetting("--keep", is: keep, expected: "a number above 0, at most 1")
    }
    guard (0...1_000_000).contains(episodes) else {
      throw InvalidSetting("--episodes", is: episodes, expected: "0 to 1000000")
    }
    if keep != nil, episodes == 0 {
      throw InvalidSetting("--episodes", is: episodes, expected: "at least 1 with --keep")
    }
  }

  private func check(_ policy: Policy) throws(InvalidSetting) {
    guard !policy.policyClass.removesEdges else {
      throw InvalidSetting(
        "\(self.policy) is a \(policy.policyClass.rawValue) policy, expected one with all its edges"
      )
    }
    let edges = policy.architecture.edgeCount
    if let partitions, !(1...edges).contains(partitions) {
      throw InvalidSetting("--partitions", is: partitions, expected: "1 to \(edges)")
    }
  }

  private func clustered(_ policy: Policy, into count: Int) -> Policy {
    policy.clustered(
      into: count, perLayer: perLayer, sharesBiases: shareBiases,
      inputs: unweighted ? nil : ClusteringInputs.standard(for: policy.architecture))
  }

  /// Plays a policy; one that `mayFail` and cannot be simulated has no evaluation then.
  private func judged(_ playable: PlayablePolicy, mayFail: Bool = false) throws -> JudgedPolicy {
    guard episodes > 0 else { return JudgedPolicy(playable.policy, nil) }
    do {
      let played = try playable.evaluate(episodes: episodes, seed: seed)
      played.warnOfFailures()
      return JudgedPolicy(playable.policy, played.evaluation)
    } catch let error as CommandError where mayFail {
      StandardStreams.say(
        "warning: \(playable.policy.accounting.weights.counted("weight", "weights")): \(error)")
      return JudgedPolicy(playable.policy, nil)
    }
  }

  /// Writes the policy and says what was found.
  private func finish(_ found: ClusteredPolicy, _ policy: Policy) throws {
    var policy = policy
    policy.evaluation = found.after?.evaluation
    say("after", found.after)
    try OutputFile.write(PolicyFile.encode(policy), to: output)
    if json {
      try JSONOutput.print(found)
    } else {
      try StandardStreams.write(
        line: "\(output)  \(policy.accounting.weights.counted("weight", "weights"))")
    }
  }

  /// A line for people, as soon as the policy has been played.
  private func say(_ name: String, _ judged: JudgedPolicy?) {
    guard !json, let judged else { return }
    StandardStreams.offer(
      name.padding(toLength: 8, withPad: " ", startingAt: 0) + judged.line)
  }
}
