import ChromaticPolicy
import EvolutionStrategies
import ExactArithmetic
import RunPlan

/// The aggregator's pure core: all results of an iteration in, the next weights out.
///
/// Everything is summed in index order, so the outcome does not depend on who evaluated what, when.
struct IterationReduction {
  let configuration: RunConfiguration
  let schedule: TaskSchedule
  let results: [EvaluationResult]
  /// By index; nil where the evaluation failed.
  private let found: [Double?]
  /// The return that a failed evaluation counts, nil if every evaluation failed.
  private let failureReturn: Double?
  /// What training climbs, by index: the return less the alive shift of every step. Nil if every
  /// evaluation failed.
  private let objectives: [Double]?

  /// - Parameter results: by index, one per evaluation of the iteration.
  init(_ configuration: RunConfiguration, results: [EvaluationResult]) {
    self.configuration = configuration
    schedule = TaskSchedule(configuration)
    self.results = results
    let given = configuration.environment.failureReturn
    func worth(_ values: [Double?]) -> Double? {
      FailureReturn.worth(beside: values.compactMap(\.self), given: given)
    }
    found = results.map { $0.episode?.totalReward }
    failureReturn = worth(found)
    let climbed = results.map { result in
      result.episode.map { $0.totalReward - configuration.aliveShift * Double($0.steps) }
    }
    objectives = worth(climbed).map { worth in climbed.map { $0 ?? worth } }
  }

  /// The weights after one ascent step, with all observations merged (equation 3 and its kin).
  ///
  /// - Parameter gradient: the estimate at `weights`; nil leaves them where they are.
  func step(_ weights: WeightsSnapshot, along gradient: [Double]?) -> WeightsSnapshot {
    var next = weights
    next.iteration += 1
    if let gradient {
      // Weights and biases decay, scores do not.
      let decaying = configuration.layout(of: weights.iteration).network
      let stepSize = configuration.stepSize(of: weights.iteration)
      let direction = next.optimiser.direction(configuration.optimiser, gradient: gradient)
      for (i, component) in direction.enumerated() {
        let decay = decaying.contains(i) ? configuration.weightDecay * weights.parameters[i] : 0
        next.parameters[i] += stepSize * (component - decay)
      }
    }
    for result in results {
      guard case .finished(let episode) = result else { continue }
      next.observations.merge(episode.observations)
      next.environmentSteps += episode.steps
    }
    return next
  }

  /// The gradient estimate in ascent direction at `weights`, nil if every evaluation failed.
  ///
  /// - Parameter drawn: the iteration's first directions; the others are drawn here.
  func gradient(_ weights: WeightsSnapshot, drawn: [[Double]] = []) -> [Double]? {
    guard let objectives, let summary = ReturnSummary(Array(objectives[schedule.perturbed])) else {
      return nil
    }
    var scale = configuration.normalisesReturns ? summary.normalisationScale : 1
    let pivot = ReturnSummary(Array(objectives[schedule.pivots]))?.mean ?? summary.mean
    var samples = directions(objectives)
    if configuration.topDirections > 0 {
      let best = TopDirections.best(configuration.topDirections, of: samples)
      samples = best.returns
      if configuration.normalisesReturns { scale = best.scale }
    }
    let sigma = configuration.sigma(of: weights.iteration)
    var sampler = configuration.directions(of: weights.iteration)
    let gradient = configuration.estimator.gradient(
      samples, pivot: pivot, sigma: sigma, scale: scale,
      dimension: weights.parameters.count
    ) { drawn.indices.contains($0) ? drawn[$0] : sampler.direction($0) }
    let scores = weights.parameters[configuration.layout(of: weights.iteration).scores]
    guard !scores.isEmpty else { return gradient }
    return gradient.map {
      MaskObjective(configuration, iteration: weights.iteration).gradient(
        return: $0, scores: Array(scores), sigma: sigma,
        unit: configuration.normalisesReturns ? 1 : summary.normalisationScale)
    }
  }

  /// R_max(P), of the objective, for every partition of the batch, this iteration included.
  ///
  /// An antithetic pair counts once, as its mean: what its direction adds to one return it takes from
  /// the other to first order, and the larger of the two would credit the partition with it. There
  /// the pivots, which no direction moves, are left out for the same reason.
  ///
  /// - Parameters:
  ///   - weights: those of the iteration.
  ///   - drawn: the iteration's first directions; the others are drawn here where they matter.
  func rewards(
    before: [Double?], at weights: WeightsSnapshot, drawn: [[Double]] = []
  ) -> [Double?] {
    var rewards = before
    guard let objectives else { return rewards }
    func credit(_ partition: Int, _ value: Double) {
      rewards[partition] = max(rewards[partition] ?? value, value)
    }
    for (direction, value) in credits(objectives, weights, drawn).enumerated() {
      credit(direction % schedule.batchSize, value)
    }
    guard configuration.estimator == .forward else { return rewards }
    for index in schedule.pivots {
      if case .pivot(let partition) = schedule.kind(iteration: weights.iteration, index: index) {
        credit(partition, objectives[index])
      }
    }
    return rewards
  }

  /// What each direction's evaluations say of the partition they were played with.
  private func credits(
    _ objectives: [Double], _ weights: WeightsSnapshot, _ drawn: [[Double]]
  ) -> [Double] {
    let means = directions(objectives).map(mean)
    guard configuration.creditsResiduals == true else { return means }
    var sampler = configuration.directions(of: weights.iteration)
    return LinearControlVariate.residuals(of: means, dimension: weights.parameters.count) {
      drawn.indices.contains($0) ? drawn[$0] : sampler.direction($0)
    }
  }

  /// The mean over a direction's evaluations.
  private func mean(_ returns: DirectionReturns) -> Double {
    returns.minus.map { (returns.plus + $0) / 2 } ?? returns.plus
  }

  /// How the controller's proposal did, nil if every evaluation failed.
  var proposal: Policy.Evaluation? {
    Policy.Evaluation(returns: Array(found[schedule.proposals]), worth: failureReturn)
  }

  /// The history's entry; the search step's figures are the controller's to know.
  func entry(before: WeightsSnapshot, after: WeightsSnapshot, gradient: [Double]?) -> HistoryEntry {
    var entry = HistoryEntry(
      iteration: before.iteration, parameterNorm: after.parameters.norm,
      environmentSteps: after.environmentSteps)
    let summary = ReturnSummary(returns(schedule.perturbed))
    entry.mean = summary?.mean
    entry.std = summary?.deviation
    entry.min = summary?.min
    entry.max = found.compactMap(\.self).max()
    entry.pivot = ReturnSummary(returns(schedule.pivots))?.mean
    entry.proposal = proposal?.mean
    entry.gradientNorm = (gradient?.norm).flatMap { $0 <= 1e100 ? $0 : nil }
    entry.failed = found.count { $0 == nil }
    if entry.failed > 0 { entry.failureReturn = failureReturn }
    let scores = before.parameters[configuration.layout(of: before.iteration).scores]
    if !scores.isEmpty { entry.sparsity = EdgeMask.sparsity(scores: scores) }
    return entry
  }

  /// Returns of the evaluations in `range`, in index order; none if every evaluation failed.
  private func returns(_ range: Range<Int>) -> [Double] {
    found[range].compactMap { $0 ?? failureReturn }
  }

  private func directions(_ climbed: [Double]) -> [DirectionReturns] {
    let width = configuration.estimator.evaluationsPerDirection
    return (0..<schedule.directionCount).map { direction in
      DirectionReturns(
        direction: direction, plus: climbed[direction * width],
        minus: width == 2 ? climbed[direction * width + 1] : nil)
    }
  }
}
