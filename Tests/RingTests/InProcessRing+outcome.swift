import ChromaticPolicy
import Randomness
import RunPlan
import RunQueue
import Testing

extension InProcessRing {
  /// What a run leaves behind: its policy's bytes and its history's lines.
  struct Outcome: Equatable {
    let policy: String
    let history: [String]
  }

  /// The outcome of a whole run whose evaluators act in another order every round.
  static func outcome(_ configuration: RunConfiguration, evaluators: Int) throws -> Outcome {
    try configuration.validate()
    let ring = try InProcessRing(configuration, slots: evaluators)
    var random = RandomStream(seed: 3, purpose: .episode)
    try ring.finish(order: { _ in Array(0..<evaluators).shuffled(using: &random) })
    return try ring.outcome(of: ring.run)
  }

  /// What one of its runs has left behind.
  func outcome(of run: RunID) throws -> Outcome {
    Outcome(
      policy: try #require(
        try store.fields([Finalists.policyField], in: .checkpoint, of: run)[0]),
      history: try store.history(of: run, from: 0))
  }

  /// A small run of a class of policies, as the command line would configure it.
  static func smallConfiguration(
    of policyClass: PolicyClass, hidden: [Int] = [4]
  ) -> RunConfiguration {
    var configuration = smallConfiguration()
    configuration.hiddenSizes = hidden
    configuration.environment.horizon = 40
    configuration.policyClass = policyClass
    if !configuration.searchesPartitions { configuration.controller = .fixed }
    configuration.partitions =
      policyClass.weightCount(on: configuration.architecture) ?? 3
    return configuration
  }
}
