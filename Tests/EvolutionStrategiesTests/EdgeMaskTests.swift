import ChromaticPolicy
import Foundation
import Testing

@testable import EvolutionStrategies

@Suite struct EdgeMaskTests {
  private let weights = [0.7, -1.1, 0.4, 0.9]
  private let scores = [0.05, -0.08, 0.02, -0.01]
  private let sigma = 0.1

  /// A return that depends on which edges are there, not additively.
  private func value(_ kept: [Bool]) -> Double {
    let sum = zip(weights, kept).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    return 3 * tanh(sum) - (kept[0] && kept[1] ? 0.8 : 0) + (kept[2] == kept[3] ? 0.3 : 0)
  }

  /// ∂/∂S_e of E[F] over all 2⁴ masks, edge e being there with probability Φ(S_e/σ).
  private var exactGradient: [Double] {
    let present = scores.map { 0.5 * erfc(-$0 / sigma / 2.0.squareRoot()) }
    return scores.indices.map { edge in
      let slope = exp(-0.5 * pow(scores[edge] / sigma, 2)) / (sigma * (2 * Double.pi).squareRoot())
      return (0..<16).reduce(0) { sum, bits in
        let kept = (0..<4).map { bits >> $0 & 1 == 1 }
        let others = (0..<4).filter { $0 != edge }
          .reduce(1.0) { $0 * (kept[$1] ? present[$1] : 1 - present[$1]) }
        return sum + (kept[edge] ? slope : -slope) * others * value(kept)
      }
    }
  }

  @Test func `the estimate is the slope of the expectation over all masks`() throws {
    let count = 40_000
    func direction(_ index: Int) -> [Double] {
      var sampler = DirectionSampler(.gaussian, seed: 5, iteration: 0, dimension: 4)
      return sampler.direction(index)
    }
    let returns = (0..<count).map { index in
      let perturbed = Perturbation.apply(direction(index), scale: sigma, to: scores)
      let partition = EdgeMask.partition(scores: perturbed)
      return DirectionReturns(
        direction: index, plus: value(partition.classes.map { $0 != Partition.removed }))
    }
    let mean = returns.compactMap(\.plus).reduce(0, +) / Double(count)
    let estimate = try #require(
      GradientEstimator.forward.gradient(
        returns, pivot: mean, sigma: sigma, scale: 1, dimension: 4, direction: direction))
    for (a, b) in zip(estimate, exactGradient) { #expect(abs(a - b) < 0.3, "\(a) is not \(b)") }
    #expect(exactGradient.contains { abs($0) > 2 })
  }

  /// Mean and deviation of the sparsity over all 2⁴ masks of `scores`.
  private func sparsity(_ scores: [Double]) -> (mean: Double, deviation: Double) {
    let present = scores.map { 0.5 * erfc(-$0 / sigma / 2.0.squareRoot()) }
    var (mean, square) = (0.0, 0.0)
    for bits in 0..<16 {
      let kept = (0..<4).map { bits >> $0 & 1 == 1 }
      let probability = zip(kept, present).reduce(1.0) { $0 * ($1.0 ? $1.1 : 1 - $1.1) }
      let value = Double(kept.count { !$0 }) / 4
      mean += probability * value
      square += probability * value * value
    }
    return (mean, (square - mean * mean).squareRoot())
  }

  @Test func `the sparsity's slope is that of its expectation over all masks, by its deviation`() {
    let slope = EdgeMask.sparsitySlope(scores: scores, sigma: sigma)
    for edge in scores.indices {
      var (above, below) = (scores, scores)
      above[edge] += 1e-5
      below[edge] -= 1e-5
      let difference = (sparsity(above).mean - sparsity(below).mean) / 2e-5
      let expected = difference / sparsity(scores).deviation
      #expect(abs(slope[edge] - expected) < 1e-6 * abs(expected))
    }
  }

  @Test func `half of the edges are there at the start, which ones the seed tells`() {
    let scores = EdgeMask.initialScores(edgeCount: 943, sigma: 0.1, seed: 4)
    #expect(EdgeMask.partition(scores: scores).keptEdgeCount == 472)
    #expect(scores.allSatisfy { abs($0) == 0.05 })
    #expect(scores != EdgeMask.initialScores(edgeCount: 943, sigma: 0.1, seed: 5))
    #expect(EdgeMask.sparsity(scores: scores) == 471.0 / 943)
  }
}
