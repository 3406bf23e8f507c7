import ChromaticPolicy
import EvolutionStrategies
import RunPlan
import RunQueue
import Testing

@testable import Ring

@Suite struct IterationReductionTests {
  private var configuration: RunConfiguration {
    var configuration = InProcessRing.smallConfiguration()
    configuration.normalisesReturns = false
    configuration.estimator = .forward
    configuration.initialDeviation = 0
    return configuration
  }

  /// Results whose return is a linear function of the parameters that the evaluator would play.
  private func results(slope: [Double], weights: WeightsSnapshot) throws -> [EvaluationResult] {
    let schedule = TaskSchedule(configuration)
    let run = try #require(RunID("r"))
    var directions = configuration.directions(of: weights.iteration)
    return try (0..<schedule.trainingCount).map { index in
      let task = TaskID(
        iteration: IterationID(run: run, iteration: weights.iteration), index: index)
      let evaluation = try #require(Evaluation(task, of: configuration))
      let decisions = Partition(
        classes: Array(repeating: 0, count: configuration.searchSpace.decisionCount),
        classCount: configuration.searchSpace.choiceCount)
      let parameters = evaluation.policy(
        weights, decided: Decided(decisions), directions: &directions
      ).parameters
      return episode(zip(parameters, slope).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }

  private func episode(_ value: Double, seen: Double = 1, steps: Int = 1) -> EvaluationResult {
    let observations = ObservationStatistics(
      count: 1, mean: [seen, 0, 0], squaredDeviations: [0, 0, 0])
    return .finished(
      .init(
        totalReward: value, steps: steps, seconds: 0,
        observations: observations ?? ObservationStatistics(size: 3)))
  }

  /// Evaluator and aggregator agree on every g, or the estimate would be uncorrelated noise.
  @Test func `perturbations of the evaluator are those of the aggregator`() throws {
    var weights = WeightsSnapshot(initialFor: configuration)
    weights.iteration = 2
    let dimension = configuration.layout(of: 0).count
    let slope = (0..<dimension).map { Double($0) - 3 }
    let reduction = IterationReduction(
      configuration, results: try results(slope: slope, weights: weights))
    let estimate = try #require(reduction.gradient(weights))
    // For a linear return the estimate is (1/t Σ g gᵀ)·slope exactly.
    var expected = [Double](repeating: 0, count: dimension)
    let count = TaskSchedule(configuration).directionCount
    for index in 0..<count {
      var sampler = configuration.directions(of: 2)
      let g = sampler.direction(index)
      let projection = zip(g, slope).reduce(0) { $0 + $1.0 * $1.1 }
      for i in 0..<dimension { expected[i] += projection * g[i] / Double(count) }
    }
    for (a, b) in zip(estimate, expected) { #expect(abs(a - b) < 1e-9) }
  }

  @Test func `the step climbs by step size times the estimate`() throws {
    let weights = WeightsSnapshot(initialFor: configuration)
    let reduction = IterationReduction(
      configuration,
      results: try results(
        slope: [Double](repeating: 1, count: configuration.layout(of: 0).count), weights: weights))
    let estimate = try #require(reduction.gradient(weights))
    let next = reduction.step(weights, along: estimate)
    #expect(next.iteration == 1)
    for (value, component) in zip(next.parameters, estimate) {
      #expect(value == configuration.stepSize.start * component)
    }
  }

  /// The gradient of a masked policy at `iteration` of three, for the given returns.
  private func maskedGradient(
    iteration: Int, pressure: Double, value: (Int) -> Double
  ) throws -> (gradient: [Double], scores: [Double], configuration: RunConfiguration) {
    var configuration = configuration
    configuration.policyClass = .masked
    configuration.partitions = configuration.architecture.edgeCount
    configuration.iterations = 3
    configuration.maskPressure = pressure
    configuration.normalisesReturns = true
    var weights = WeightsSnapshot(initialFor: configuration)
    weights.iteration = iteration
    let results = (0..<TaskSchedule(configuration).trainingCount).map { episode(value($0)) }
    let gradient = IterationReduction(configuration, results: results).gradient(weights)
    return (
      try #require(gradient), Array(weights.parameters[configuration.layout(of: 0).scores]),
      configuration
    )
  }

  @Test(arguments: [(0, 0.0), (1, 0.25), (2, 0.5), (5, 0.5)])
  func `where all returns are equal, only the mask's scores move, by the pressure on sparsity`(
    iteration: Int, pressure: Double
  ) throws {
    let (gradient, scores, configuration) = try maskedGradient(
      iteration: iteration, pressure: 0.5
    ) { _ in -1 }
    let slope = EdgeMask.sparsitySlope(scores: scores, sigma: configuration.sigma.start)
    #expect(gradient.dropLast(scores.count).allSatisfy { $0 == 0 })
    #expect(gradient.suffix(scores.count).elementsEqual(slope.map { pressure * $0 }))
  }

  @Test func `what the pressure gives to sparsity it takes from the return`() throws {
    let free = try maskedGradient(iteration: 1, pressure: 0) { Double($0 % 7) }
    let pressed = try maskedGradient(iteration: 1, pressure: 0.5) { Double($0 % 7) }
    let slope = EdgeMask.sparsitySlope(
      scores: free.scores, sigma: free.configuration.sigma.start)
    let weights = [Double](repeating: 0, count: free.gradient.count - slope.count)
    for ((found, alone), pull) in zip(zip(pressed.gradient, free.gradient), weights + slope) {
      #expect(abs(found - (0.75 * alone + 0.25 * pull)) < 1e-12)
    }
    #expect(free.gradient.allSatisfy { $0 != 0 })
  }

  @Test func `observations are merged in index order`() {
    let count = TaskSchedule(configuration).trainingCount
    let results = (0..<count).map { episode(-1, seen: Double($0) * 0.1) }
    let next = IterationReduction(configuration, results: results)
      .step(WeightsSnapshot(initialFor: configuration), along: nil)
    var expected = ObservationStatistics(size: 3)
    for result in results {
      if let episode = result.episode { expected.merge(episode.observations) }
    }
    #expect(next.observations == expected)
    #expect(next.observations.count == count)
    #expect(next.environmentSteps == count)
  }

  @Test func `rewards are the largest return per partition, and nil without one`() {
    let schedule = TaskSchedule(configuration)
    var results = (0..<schedule.trainingCount).map { episode(Double($0)) }
    results[5] = .failed("broken")
    let rewards = IterationReduction(configuration, results: results)
      .rewards(
        before: [100] + [Double?](repeating: nil, count: 11),
        at: WeightsSnapshot(initialFor: configuration))
    // Pivots 12, 13, 14 are of partitions 0, 4 and 8; partition 5 failed, beside returns from 0 to 16.
    #expect(rewards == [100, 1, 2, 3, 13, -16, 6, 7, 14, 9, 10, 11])
  }

  @Test func `an antithetic pair credits its partition with its mean`() {
    var pairs = configuration
    pairs.estimator = .antithetic
    pairs.initialDeviation = 0.1
    let schedule = TaskSchedule(pairs)
    var results = (0..<schedule.trainingCount).map { episode(Double($0 * $0)) }
    results[4] = .failed("broken")
    let rewards = IterationReduction(pairs, results: results)
      .rewards(
        before: [nil, nil, nil, 1000, nil, nil], at: WeightsSnapshot(initialFor: pairs))
    #expect(rewards == [0.5, 6.5, (-256 + 25) / 2, 1000, 72.5, 110.5])
  }

  @Test func `residual rewards are those of the returns that directions leave`() {
    var crediting = configuration
    crediting.creditsResiduals = true
    let schedule = TaskSchedule(crediting)
    let returns = (0..<schedule.trainingCount).map { Double($0 * $0 % 7) }
    let weights = WeightsSnapshot(initialFor: crediting)
    let reduction = IterationReduction(crediting, results: returns.map { episode($0) })
    var sampler = crediting.directions(of: 0)
    let directions = (0..<schedule.directionCount).map { sampler.direction($0) }
    var expected = LinearControlVariate.residuals(
      of: Array(returns[schedule.perturbed]), dimension: weights.parameters.count
    ) { directions[$0] }
    // The pivots, of partitions 0, 4 and 8, have no direction.
    for (pivot, partition) in zip(schedule.pivots, [0, 4, 8]) {
      expected[partition] = max(expected[partition], returns[pivot])
    }
    let none = [Double?](repeating: nil, count: 12)
    #expect(reduction.rewards(before: none, at: weights) == expected)
    #expect(
      reduction.rewards(before: none, at: weights, drawn: Array(directions.prefix(5))) == expected)
    #expect(expected != Array(returns[schedule.perturbed]))
  }

  /// Standing still for longer earns nothing in training, and all of its return in reports.
  @Test func `the alive shift acts on training and leaves reported returns`() throws {
    let count = TaskSchedule(configuration).trainingCount
    let results = (0..<count).map { episode(Double($0 % 5) * 2, steps: 1 + $0 % 5) }
    let bare = IterationReduction(configuration, results: results.map { $0.shifted(by: 2) })
    var shifting = configuration
    shifting.aliveShift = 2
    let shifted = IterationReduction(shifting, results: results)
    let weights = WeightsSnapshot(initialFor: configuration)
    #expect(shifted.gradient(weights) == bare.gradient(weights))
    let none = [Double?](repeating: nil, count: 12)
    #expect(
      shifted.rewards(before: none, at: weights) == bare.rewards(before: none, at: weights))
    let entry = shifted.entry(before: weights, after: weights, gradient: nil)
    #expect(entry.max == 8 && entry.min == 0)
  }

  @Test func `training climbs away from what fails, and its figures count it`() throws {
    let schedule = TaskSchedule(configuration)
    var results = (0..<schedule.trainingCount).map { _ in episode(100) }
    for index in 0..<3 { results[index] = .failed("broken") }
    results[schedule.proposals.lowerBound] = .failed("broken")
    let weights = WeightsSnapshot(initialFor: configuration)
    let reduction = IterationReduction(configuration, results: results)
    let gradient = try #require(reduction.gradient(weights))
    let directions = configuration.directions(of: 0)
    var sampler = directions
    for index in 0..<3 {
      let slope = zip(gradient, sampler.direction(index)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(slope < 0, "towards direction \(index), which fails")
    }
    let entry = reduction.entry(before: weights, after: weights, gradient: gradient)
    #expect(entry.failed == 4 && entry.failureReturn == 0)
    #expect(entry.mean == 75 && entry.min == 0 && entry.max == 100)
    #expect(entry.proposal == 50)
    #expect(reduction.proposal?.failed == 1 && reduction.proposal?.failureReturn == 0)
    var given = configuration
    given.environment.failureReturn = -5
    let other = IterationReduction(given, results: results)
    #expect(other.proposal?.mean == 47.5)
    #expect(other.entry(before: weights, after: weights, gradient: nil).failureReturn == -5)
  }

  @Test func `when everything fails the weights stay, and nothing is invented`() {
    let weights = WeightsSnapshot(initialFor: configuration)
    let failed = [EvaluationResult](
      repeating: .failed("broken"), count: TaskSchedule(configuration).trainingCount)
    let reduction = IterationReduction(configuration, results: failed)
    let gradient = reduction.gradient(weights)
    #expect(gradient == nil)
    let next = reduction.step(weights, along: gradient)
    #expect(next.parameters == weights.parameters)
    let entry = reduction.entry(before: weights, after: next, gradient: gradient)
    #expect(entry.mean == nil && entry.max == nil && entry.failed == failed.count)
    #expect(reduction.proposal == nil)
  }
}

extension EvaluationResult {
  /// The result with its return lowered by `shift` for every step.
  fileprivate func shifted(by shift: Double) -> EvaluationResult {
    guard case .finished(var episode) = self else { return self }
    episode.totalReward -= shift * Double(episode.steps)
    return .finished(episode)
  }
}
