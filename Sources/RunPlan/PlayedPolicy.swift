import ChromaticPolicy
import EvolutionStrategies

/// A policy as a network plays it.
public struct PlayedPolicy: Sendable, Hashable {
  /// Which edges share which weight.
  public var partition: Partition
  /// M shared weights, then one bias per hidden unit.
  public var parameters: [Double]
  /// Applied to observations before the first layer.
  public var normalisation: Normalisation

  /// A policy with the given parts.
  public init(partition: Partition, parameters: [Double], normalisation: Normalisation) {
    self.partition = partition
    self.parameters = parameters
    self.normalisation = normalisation
  }

  /// What a policy from a file plays.
  public init(_ policy: Policy) {
    self.init(
      partition: policy.partition, parameters: policy.parameters,
      normalisation: policy.normalisation)
  }

  /// The same network without the weights that no edge has.
  public var compacted: PlayedPolicy {
    let (partition, weights) = partition.compacted(Array(parameters[..<self.partition.classCount]))
    return PlayedPolicy(
      partition: partition, parameters: weights + parameters[self.partition.classCount...],
      normalisation: normalisation)
  }
}

extension RunConfiguration {
  /// The policy that `parameters` make where the controller decided `decisions`.
  ///
  /// The one place that says so, for evaluators, the aggregator and the simulation.
  ///
  /// - Parameter parameters: of the run's `layout`, perturbed or not.
  public func policy(
    parameters: [Double], decisions: Partition, normalisation: Normalisation
  ) -> PlayedPolicy {
    let scores = parameters[layout.scores]
    return PlayedPolicy(
      partition: scores.isEmpty
        ? searchSpace.partition(decisions) : EdgeMask.partition(scores: scores),
      parameters: Array(parameters[layout.network]), normalisation: normalisation)
  }
}
