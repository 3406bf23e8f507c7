import Foundation
import Testing

@testable import EvolutionStrategies

@Suite struct OptimiserTests {
  @Test func `plain ascent follows the gradient`() {
    var state = OptimiserState(.sgd, dimension: 2)
    #expect(state.direction(.sgd, gradient: [3, -4]) == [3, -4])
    #expect(state.firstMoment.isEmpty && state.steps == 1)
  }

  /// Kingma & Ba's algorithm 1, written out with powers.
  @Test func `Adam is the algorithm of its paper`() {
    var state = OptimiserState(.adam, dimension: 2)
    var (m, v) = ([0.0, 0.0], [0.0, 0.0])
    for step in 1...50 {
      let gradient = [sin(Double(step)), 1e-3 * Double(step)]
      let found = state.direction(.adam, gradient: gradient)
      for i in 0..<2 {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i]
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i]
        let expected =
          m[i] / (1 - pow(0.9, Double(step)))
          / ((v[i] / (1 - pow(0.999, Double(step)))).squareRoot() + 1e-8)
        #expect(abs(found[i] - expected) < 1e-12)
      }
    }
  }

  @Test func `the best directions are those with the largest better return`() {
    let returns = [(1.0, 2.0), (9.0, -5.0), (4.0, 4.0), (3.0, 8.0), (4.0, 0.0)].enumerated().map {
      DirectionReturns(direction: $0, plus: $1.0, minus: $1.1)
    }
    let best = TopDirections.best(3, of: returns)
    #expect(best.returns.map(\.direction) == [1, 2, 3])
    // Standard deviation of 9, −5, 4, 4, 3, 8.
    let used = [9.0, -5, 4, 4, 3, 8]
    let mean = used.reduce(0, +) / 6
    let variance = used.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
    #expect(abs(best.scale - variance.squareRoot()) < 1e-12)
  }
}
