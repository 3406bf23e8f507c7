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
  ///   - weights: those of the iteration.
  ///   - decided: what the controller decided.
  ///   - isProposal: whether it is what one would deploy, which always has classes.
  public func policy(
    parameters: [Double], of weights: WeightsSnapshot, decided: Decided, isProposal: Bool
  ) -> PlayedPolicy {
    let layout = layout(weights.form)
    let isLatent = weights.form == .latent
    let playsClasses = isProposal || playsClasses(in: weights.iteration)
    let (partition, network) =
      isLatent && !playsClasses
      ? (.unstructured(on: architecture), Array(parameters[layout.network]))
      : isLatent
        ? clustered(parameters, layout, decided, isProposal: isProposal)
        : shared(parameters, layout, decided.partition)
    return PlayedPolicy(
      partition: partition, parameters: network, normalisation: weights.normalisation(self))
  }

  /// The partition and the parameters of a network whose classes have trained weights.
  private func shared(
    _ parameters: [Double], _ layout: ParameterLayout, _ decisions: Partition
  ) -> (Partition, [Double]) {
    let scores = parameters[layout.scores]
    guard scores.isEmpty else {
      return (EdgeMask.partition(scores: scores), Array(parameters[layout.network]))
    }
    let biases = searchSpace.biasClasses(decisions)?.map { parameters[Int($0)] } ?? []
    return (searchSpace.partition(decisions), parameters[layout.network] + biases)
  }

  /// The partition and the parameters of a network in which each latent is at a centre: that of the
  /// proposal's classes, or the nearest one.
  private func clustered(
    _ parameters: [Double], _ layout: ParameterLayout, _ decided: Decided, isProposal: Bool
  ) -> (Partition, [Double]) {
    guard let centres = decided.centres else { preconditionFailure("latents have centres") }
    let latents = latents(parameters, layout)
    let decisions =
      isProposal
      ? decided.partition
      : Partition(
        classes: LineClustering.nearest(latents, centres: centres), classCount: centres.count)
    let biases =
      searchSpace.biasClasses(decisions)?.map { centres[Int($0)] }
      ?? Array(parameters[layout.biases])
    return (searchSpace.partition(decisions), centres + biases)
  }

  /// What is clustered: the edges' latents, and behind them the biases where they share.
  public func latents(_ parameters: [Double], _ layout: ParameterLayout) -> [Double] {
    Array(parameters[layout.weights]) + (sharesBiases == true ? parameters[layout.biases] : [])
  }
}
