import EvolutionStrategies
import Testing

/// F(W, P) = −½‖W − c‖² + b(P): a quadratic with an offset that depends on the partition.
///
/// Its Gaussian smoothing has the gradient c − W exactly, whatever the offsets.
private struct OffsetQuadratic {
  let centre = (0..<20).map { Double($0) * 0.1 - 1 }
  let weights = [Double](repeating: 0.2, count: 20)
  let sigma = 0.1
  let directions = 2000

  func value(_ point: [Double], partition: Int) -> Double {
    let distance = zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return -0.5 * distance + offset(partition)
  }

  /// Around 40, varying by about 0.3 from partition to partition.
  func offset(_ partition: Int) -> Double { 40 + 0.3 * Double((partition * 37) % 11 - 5) / 5 }

  func direction(_ index: Int) -> [Double] {
    var sampler = DirectionSampler(.gaussian, seed: 3, iteration: 0, dimension: 20)
    return sampler.direction(index)
  }

  func returns(antithetic: Bool) -> [DirectionReturns] {
    (0..<directions).map { i in
      func evaluate(_ scale: Double) -> Double {
        value(Perturbation.apply(direction(i), scale: scale, to: weights), partition: i)
      }
      return DirectionReturns(
        direction: i, plus: evaluate(sigma), minus: antithetic ? evaluate(-sigma) : nil)
    }
  }

  /// The mean unperturbed value over sampled partitions.
  var pivot: Double {
    (0..<directions).map { value(weights, partition: $0) }.reduce(0, +) / Double(directions)
  }

  func cosine(_ estimator: GradientEstimator, pivot: Double) -> Double {
    let estimate = estimator.gradient(
      returns(antithetic: estimator == .antithetic), pivot: pivot, sigma: sigma, scale: 1,
      dimension: 20, direction: direction)
    let truth = zip(centre, weights).map { $0 - $1 }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    guard let estimate else { return 0 }
    return dot(estimate, truth) / (dot(estimate, estimate) * dot(truth, truth)).squareRoot()
  }
}

@Suite struct GradientEstimatorTests {
  private let problem = OffsetQuadratic()

  @Test func `forward differences with the pivot point along the gradient`() {
    #expect(problem.cosine(.forward, pivot: problem.pivot) > 0.97)
  }

  @Test func `without the pivot the estimate is noise`() {
    #expect(abs(problem.cosine(.forward, pivot: 0)) < 0.5)
  }

  @Test func `antithetic pairs need no pivot`() {
    #expect(problem.cosine(.antithetic, pivot: 0) > 0.98)
    #expect(problem.cosine(.antithetic, pivot: 0) == problem.cosine(.antithetic, pivot: 1e6))
  }

  @Test func `without any direction there is no gradient`() {
    #expect(
      GradientEstimator.forward.gradient(
        [], pivot: 0, sigma: 0.1, scale: 1, dimension: 20, direction: problem.direction) == nil)
  }

  @Test func `summaries normalise to unit spread and leave constants alone`() throws {
    let summary = try #require(ReturnSummary([1, 2, 3, 4]))
    #expect(summary.mean == 2.5 && summary.min == 1 && summary.max == 4)
    #expect(abs(summary.normalisationScale - 1.25.squareRoot()) < 1e-15)
    #expect(ReturnSummary([0.5, 0.5])?.normalisationScale == 1)
    #expect(ReturnSummary([5, 5.000_000_000_000_001])?.normalisationScale ?? 0 > 5)
    #expect(ReturnSummary([]) == nil)
  }
}
