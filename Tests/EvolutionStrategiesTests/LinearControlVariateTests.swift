import EvolutionStrategies
import Testing

/// Returns F = own(partition) + slope·g, of which only the first part is the partition's.
@Suite struct LinearControlVariateTests {
  private let count = 300
  private let dimension = 64

  private func direction(_ index: Int) -> [Double] {
    var sampler = DirectionSampler(.gaussian, seed: 5, iteration: 0, dimension: dimension)
    return sampler.direction(index)
  }

  /// From -1 to 1, of mean 0, unrelated to the directions.
  private func own(_ partition: Int) -> Double { Double((partition * 37) % 101) / 50 - 1 }

  private func returns(slope: Double) -> [Double] {
    (0..<count).map { own($0) + 40 + slope * direction($0).prefix(16).reduce(0, +) }
  }

  private func residuals(slope: Double) -> [Double] {
    LinearControlVariate.residuals(
      of: returns(slope: slope), dimension: dimension, direction: direction)
  }

  /// Correlation with what is the partition's own.
  private func correlation(_ values: [Double]) -> Double {
    let owns = (0..<count).map(own)
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (a, b) = (centred(values), centred(owns))
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  @Test func `what a direction adds is taken away, what a partition adds stays`() {
    let (before, after) = (correlation(returns(slope: 1)), correlation(residuals(slope: 1)))
    #expect(before < 0.25 && after > 1.7 * before, "\(before), \(after)")
  }

  @Test func `where directions add nothing hardly anything is taken away`() {
    #expect(correlation(residuals(slope: 0)) > 0.97)
  }

  /// A return alone does not lower its own residual by its luck: the slope is the others'.
  @Test func `one lucky return stays lucky`() {
    var returns = [Double](repeating: 0, count: count)
    returns[7] = 1000
    let found = LinearControlVariate.residuals(
      of: returns, dimension: dimension, direction: direction)
    #expect(found[7] > 990 && found.enumerated().allSatisfy { $0.offset == 7 || $0.element < 500 })
  }

  @Test func `equal returns, one and none stay as they are`() {
    for returns in [[], [3], [2, 2, 2]] as [[Double]] {
      let found = LinearControlVariate.residuals(
        of: returns, dimension: dimension, direction: direction)
      #expect(found == returns)
    }
  }
}
