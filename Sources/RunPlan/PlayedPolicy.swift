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

/// What the controller decided about one policy.
public struct Decided: Sendable, Hashable {
  /// The class of every edge, or which edges or units are removed.
  public let partition: Partition
  /// The weight of every class, ascending, where evolution strategies train latents; nil elsewhere.
  public let centres: [Double]?

  /// A decision with the given parts.
  public init(_ partition: Partition, centres: [Double]? = nil) {
    self.partition = partition
    self.centres = centres
  }
}

extension RunConfiguration {
  /// The policy that `parameters` make where the controller decided `decided`.
  ///
  /// The one place that says so, for evaluators, the aggregator and the simulation.
  ///
  /// - Parameters:
  ///   - parameters: of the layout of `weights`, perturbed or not.
  ///   - isProposal: whether it is what one would deploy, which always has classes.
  public func policy(
    parameters: [Double], of weights: WeightsSnapshot, decided: Decided, isProposal: Bool
  ) -> PlayedPolicy {
    let layout = layout(weights.form)
    let (partition, network) =
      weights.form == .latent
      ? latentNetwork(
        Array(parameters[layout.weights]), biases: parameters[layout.biases], decided,
        playsClasses: isProposal || playsClasses(in: weights.iteration), isProposal: isProposal)
      : (
        sharedPartition(decided, scores: parameters[layout.scores]),
        Array(parameters[layout.network])
      )
    return PlayedPolicy(
      partition: partition, parameters: network, normalisation: weights.normalisation(self))
  }

  private func sharedPartition(_ decided: Decided, scores: ArraySlice<Double>) -> Partition {
    scores.isEmpty
      ? searchSpace.partition(decided.partition) : EdgeMask.partition(scores: Array(scores))
  }

  /// The partition and the parameters of a network with latents: each edge's own weight, or that of the
  /// class nearest to it.
  private func latentNetwork(
    _ latents: [Double], biases: ArraySlice<Double>, _ decided: Decided, playsClasses: Bool,
    isProposal: Bool
  ) -> (Partition, [Double]) {
    guard playsClasses else { return (.unstructured(on: architecture), latents + biases) }
    guard let centres = decided.centres else { preconditionFailure("latents have centres") }
    let partition =
      isProposal
      ? decided.partition
      : Partition(
        classes: LineClustering.nearest(latents, centres: centres), classCount: centres.count)
    return (partition, centres + biases)
  }
}
