import ChromaticPolicy
import EvolutionStrategies
import RunProtocol

/// The aggregator's pure core: all results of an iteration in, the next weights out.
///
/// Everything is summed in index order, so the outcome does not depend on who evaluated what, when.
struct IterationReduction {
  let configuration: RunConfiguration
  let schedule: TaskSchedule
  let results: [EvaluationResult]

  /// - Parameter results: by index, one per evaluation of the iteration.
  init(_ configuration: RunConfiguration, results: [EvaluationResult]) {
    self.configuration = configuration
    schedule = TaskSchedule(configuration)
    self.results = results
  }

  /// The weights after one ascent step, with all observations merged (equation 3 and its kin).
  func step(_ weights: WeightsSnapshot) -> WeightsSnapshot {
    var next = weights
    next.iteration += 1
    if let gradient = gradient(iteration: weights.iteration) {
      for (i, component) in gradient.enumerated() {
        next.parameters[i] += configuration.stepSize * component
      }
    }
    for episode in results.lazy.compactMap(\.episode) {
      next.observations.merge(episode.observations)
      next.environmentSteps += episode.steps
    }
    return next
  }

  /// The gradient estimate in ascent direction, nil if every direction failed.
  func gradient(iteration: Int) -> [Double]? {
    guard let summary = ReturnSummary(objectives(schedule.perturbed)) else { return nil }
    let pivot = ReturnSummary(objectives(schedule.pivots))?.mean ?? summary.mean
    return configuration.estimator.gradient(
      directions, pivot: pivot, sigma: configuration.sigma,
      scale: configuration.normalisesReturns ? summary.normalisationScale : 1,
      dimension: configuration.parameterCount
    ) { direction in
      Perturbation.direction(
        seed: configuration.seed, iteration: iteration, index: direction,
        dimension: configuration.parameterCount)
    }
  }

  /// R_max(P), of what training climbs, for every partition of the batch, this iteration included.
  func rewards(before: [Double?], iteration: Int) -> [Double?] {
    var rewards = before
    for (index, result) in results.enumerated() {
      guard let value = objective(result) else { continue }
      switch schedule.kind(iteration: iteration, index: index) {
      case .perturbed(_, _, let partition), .pivot(let partition):
        rewards[partition] = max(rewards[partition] ?? value, value)
      case .proposal, .finalist, nil:
        break
      }
    }
    return rewards
  }

  /// How the controller's proposal did, nil if all its episodes failed.
  var proposal: Policy.Evaluation? { Policy.Evaluation(returns: returns(schedule.proposals)) }

  /// The history's entry; the search step's figures are the controller's to know.
  func entry(before: WeightsSnapshot, after: WeightsSnapshot) -> HistoryEntry {
    var entry = HistoryEntry(
      iteration: before.iteration, parameterNorm: norm(after.parameters),
      environmentSteps: after.environmentSteps)
    let summary = ReturnSummary(returns(schedule.perturbed))
    entry.mean = summary?.mean
    entry.std = summary?.deviation
    entry.min = summary?.min
    entry.max = ReturnSummary(returns(0..<results.count))?.max
    entry.pivot = ReturnSummary(returns(schedule.pivots))?.mean
    entry.proposal = proposal?.mean
    entry.gradientNorm = gradient(iteration: before.iteration).map(norm).flatMap {
      $0 <= 1e100 ? $0 : nil
    }
    entry.failed = results.count { $0.episode == nil }
    return entry
  }

  /// What training climbs: the return less the alive shift of every step; nil for a failure.
  private func objective(_ result: EvaluationResult) -> Double? {
    result.episode.map { $0.totalReward - configuration.aliveShift * Double($0.steps) }
  }

  private func objectives(_ range: Range<Int>) -> [Double] { results[range].compactMap(objective) }

  /// Returns of the finished evaluations in `range`, in index order.
  private func returns(_ range: Range<Int>) -> [Double] {
    results[range].compactMap { $0.episode?.totalReward }
  }

  private var directions: [DirectionReturns] {
    let width = configuration.estimator.evaluationsPerDirection
    return (0..<schedule.directionCount).map { direction in
      DirectionReturns(
        direction: direction,
        plus: objective(results[direction * width]),
        minus: width == 2 ? objective(results[direction * width + 1]) : nil)
    }
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

extension EvaluationResult {
  /// The episode, nil if the evaluation failed.
  var episode: Episode? {
    switch self {
    case .finished(let episode): episode
    case .failed: nil
    }
  }
}
