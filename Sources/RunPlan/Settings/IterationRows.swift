import EvolutionStrategies
import RunQueue

/// How many evaluations, and what of.
extension RunSetting {
  static let iterationSettings = [
    iterations, stopAtReturn, perturbations, pivots, evaluations, commonEpisodes,
    finalists, finalistEpisodes,
  ]

  private static let iterations = count(
    "iterations", \.iterations, default: 100, in: 1...10_000_000, "ES iterations.")

  private static let stopAtReturn: RunSetting = {
    let expected = "-1e100 to 1e100"
    var setting = RunSetting(
      flag: "stop-at-return", field: "stop-at-return", form: .value(placeholder: nil, words: []),
      help:
        "Compare the finalists and end as soon as the best policy seen has this mean return over the "
        + "--evaluations episodes of its iteration.",
      expected: expected, text: { $0.stopAtReturn?.description },
      set: { configuration, text in
        guard let value = Double(text) else { return false }
        configuration.stopAtReturn = value
        return true
      }, reset: { $0.stopAtReturn = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard let value = configuration.stopAtReturn, !CredibleRange.value.contains(value) else {
        return nil
      }
      return InvalidSetting("--stop-at-return", is: value, expected: expected)
    }
    return setting
  }()

  private static let perturbations = count(
    "perturbations", \.perturbations, default: 120, in: 1...1_000_000,
    "Perturbed evaluations per iteration."
  ).requiring {
    $0.perturbations % $0.estimator.evaluationsPerDirection == 0
      ? nil : "an even number for antithetic pairs"
  }

  private static let pivots = count(
    "pivots", \.pivots, default: 2,
    "Unperturbed evaluations per iteration over sampled partitions."
  ) { ($0.estimator == .forward ? 1 : 0)...1_000_000 }

  private static let evaluations = count(
    "evaluations", \.evaluations, default: 2, in: 1...10_000,
    "Unperturbed episodes of the controller's proposal per iteration.")

  private static let commonEpisodes = optionalToggle(
    "common-episodes", \.sharesEpisodes,
    "Play all perturbed policies and pivots of an iteration from one initial state, the next iteration's "
      + "from another.")

  private static let finalists = count(
    "finalists", \.finalists, default: 5, in: 1...100, "Policies compared at the end.")

  private static let finalistEpisodes = count(
    "finalist-episodes", \.finalistEpisodes, default: 20, in: 1...10_000,
    "Episodes for each of them.")
}

extension RunConfiguration {
  /// What is wrong with the number of evaluations that the settings make together.
  var evaluationProblem: InvalidSetting? {
    let training = TaskSchedule(self).trainingCount
    guard training <= QueueLimits.evaluations else {
      return InvalidSetting(
        "the sum of --perturbations, --pivots and --evaluations", is: training,
        expected: "at most \(QueueLimits.evaluations), what one iteration may hold")
    }
    let comparison = finalists * finalistEpisodes
    guard comparison <= QueueLimits.evaluations else {
      return InvalidSetting(
        "the product of --finalists and --finalist-episodes", is: comparison,
        expected: "at most \(QueueLimits.evaluations), what one iteration may hold")
    }
    return nil
  }
}
