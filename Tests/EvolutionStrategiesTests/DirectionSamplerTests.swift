import Testing

@testable import EvolutionStrategies

@Suite struct DirectionSamplerTests {
  private func directions(_ kind: DirectionKind, _ indices: [Int], dimension: Int) -> [[Double]] {
    var sampler = DirectionSampler(kind, seed: 3, iteration: 7, dimension: dimension)
    return indices.map { sampler.direction($0) }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test(arguments: DirectionKind.allCases)
  func `a direction follows from its number, in whatever order they are asked for`(
    kind: DirectionKind
  ) {
    let inOrder = directions(kind, Array(0..<23), dimension: 9)
    let shuffled = directions(kind, [20, 3, 3, 22, 0, 8, 9, 3], dimension: 9)
    #expect(shuffled == [20, 3, 3, 22, 0, 8, 9, 3].map { inOrder[$0] })
    #expect(Set(inOrder).count == 23)
  }

  @Test func `directions of a block are orthogonal, those of different blocks are not`() {
    let found = directions(.orthogonal, Array(0..<80), dimension: 40)
    for i in 0..<40 {
      for j in 0..<i {
        #expect(abs(dot(found[i], found[j])) < 1e-12 * 40)
        #expect(abs(dot(found[40 + i], found[40 + j])) < 1e-12 * 40)
      }
    }
    #expect(abs(dot(found[0], found[40])) > 1e-3)
  }

  /// |g|² has mean d and variance 2d, as for independent Gaussian vectors.
  @Test func `orthogonal directions are as long as Gaussian ones`() {
    let squares = directions(.orthogonal, Array(0..<4000), dimension: 8).map { dot($0, $0) }
    let mean = squares.reduce(0, +) / 4000
    let variance = squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    #expect(abs(mean - 8) < 0.25)
    #expect(abs(variance - 16) < 2)
  }

  /// A whole block of orthogonal directions leaves the gradient of a linear function nearly exact,
  /// where as many independent ones miss it.
  @Test func `an orthogonal block sees a linear slope better than independent directions`() throws {
    let slope = (0..<40).map { Double($0 % 7) - 3 }
    func cosine(_ kind: DirectionKind) throws -> Double {
      let found = directions(kind, Array(0..<40), dimension: 40)
      let estimate = try #require(
        GradientEstimator.antithetic.gradient(
          found.indices.map {
            DirectionReturns(
              direction: $0, plus: dot(found[$0], slope), minus: -dot(found[$0], slope))
          }, pivot: 0, sigma: 1, scale: 1, dimension: 40, direction: { found[$0] }))
      return dot(estimate, slope) / (dot(estimate, estimate) * dot(slope, slope)).squareRoot()
    }
    #expect(try cosine(.orthogonal) > 0.95)
    #expect(try cosine(.gaussian) < 0.85)
  }
}
