import EvolutionStrategies

/// How evolution strategies step.
extension RunSetting {
  static let stepSettings = [
    sigma, stepSize, initialDeviation, estimator, directions, topDirections, optimiser,
    weightDecay, normaliseReturns, normaliseObservations,
  ]

  /// Beyond this every unit is saturated.
  private static let largestInitialDeviation = 1000.0

  private static let sigma = schedule(
    "sigma", \.sigma, default: 0.05,
    "σ, the size of perturbations; 0.1:0.02 falls by the same factor in every iteration, "
      + "0.1:0.02:linear by the same amount, 0.1:0.02:cosine slowly at both ends."
  ).starting("0.1:0.02 for latents, else 0.05") { configuration, _ in
    if configuration.clusteringPlan != nil {
      configuration.sigma = SettingSchedule(from: 0.1, to: 0.02)
    }
  }

  private static let stepSize = schedule(
    "step-size", \.stepSize, default: 0.01, "η, the step along the gradient; moves as σ does."
  ).starting("4σ² for latents, else 0.01") { configuration, _ in
    if configuration.clusteringPlan != nil {
      configuration.stepSize = .step(sigma: configuration.sigma)
    }
  }

  private static let initialDeviation = number(
    "initial-deviation", \.initialDeviation, default: 0.05,
    "Standard deviation of the weights at the start.",
    expected: "0 to \(Int(largestInitialDeviation))", (0...largestInitialDeviation).contains
  ).requiring {
    $0.initialDeviation > 0 || !$0.zeroIsStationary
      ? nil
      : "a number above 0: from zero weights antithetic pairs of a policy with "
        + "\($0.architecture.name) cancel"
  }.starting("0.05 of latents; else 0, or σ where antithetic pairs would cancel at 0") {
    configuration, _ in
    guard configuration.clusteringPlan == nil else { return configuration.initialDeviation = 0.05 }
    configuration.initialDeviation =
      configuration.zeroIsStationary
      ? configuration.sigma.start.clamped(to: 0...largestInitialDeviation) : 0
  }

  private static let estimator = word(
    "estimator", \.estimator, default: .antithetic, "forward (against the pivot) or antithetic.")

  private static let directions = word(
    "directions", \.directionKind, default: .gaussian, "gaussian, or orthogonal in blocks.")

  private static let topDirections: RunSetting = {
    var setting = count(
      "top-directions", \.topDirections, default: 0,
      "The number of best directions that make the gradient, as in ARS."
    ) { 0...$0.perturbations / $0.estimator.evaluationsPerDirection }
    setting.defaultInWords = "all"
    return setting
  }()

  private static let optimiser = word("optimiser", \.optimiser, default: .sgd, "sgd or adam.")

  private static let weightDecay = number(
    "weight-decay", \.weightDecay, default: 0, "λ: every step also subtracts η·λ·W.",
    expected: "0 to 1e9", (0...1e9).contains)

  private static let normaliseReturns = toggle(
    "normalise-returns", \.normalisesReturns, default: true,
    "Divide returns by their standard deviation.")

  private static let normaliseObservations = toggle(
    "normalise-observations", \.normalisesObservations, default: true,
    "Normalise observations by their running moments.")
}
