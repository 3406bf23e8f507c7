import ChromaticPolicy
import RunQueue

/// What a run goes on from: the weights, biases and normalisation of a policy.
public struct InitialPolicy: Sendable, Hashable, Codable {
  /// M weights or one latent per edge, then one bias per hidden unit where biases are not shared.
  public var parameters: [Double]
  /// Its normalisation of observations.
  public var normalisation: Normalisation

  /// As many observations the normalisation counts for beside those of the run; a policy file does not
  /// tell how many it is of.
  static let observationCount = 100_000

  /// What a run that goes on with `policy` starts from: its weights, or each edge's as its latent.
  ///
  /// - Precondition: no edge is removed.
  public init(_ policy: Policy, form: WeightForm = .shared) {
    parameters =
      form == .latent
      ? policy.partition.classes.map { policy.sharedWeights[Int($0)] } + policy.biases
      : policy.biasClasses == nil ? policy.parameters : policy.sharedWeights
    normalisation = policy.normalisation
  }

  /// Statistics that give its normalisation; nil if a deviation is out of all bounds.
  var observations: ObservationStatistics? {
    ObservationStatistics(
      count: Self.observationCount, mean: normalisation.mean,
      squaredDeviations: normalisation.deviation.map { $0 * $0 * Double(Self.observationCount - 1) }
    )
  }
}

/// The text form: parameters, means and deviations, each a list of numbers, separated by spaces.
extension InitialPolicy: LosslessStringConvertible {
  /// The initial policy that `text` describes.
  public init?(_ text: String) {
    let lists = text.split(separator: " ", omittingEmptySubsequences: false)
      .map { NumberList.parse(String($0)) }
    guard lists.count == 3, let parameters = lists[0], let mean = lists[1],
      let deviation = lists[2], mean.count == deviation.count, !mean.isEmpty,
      deviation.allSatisfy({ $0 > 0 }),
      (parameters + mean + deviation).allSatisfy(CredibleRange.value.contains)
    else { return nil }
    self.parameters = parameters
    normalisation = Normalisation(mean: mean, deviation: deviation)
  }

  /// The text.
  public var description: String {
    [parameters, normalisation.mean, normalisation.deviation].map(NumberList.text)
      .joined(separator: " ")
  }
}
