import Foundation
import Testing

@testable import Randomness

@Suite struct NormalDistributionTests {
  /// Φ from the error function, the independent way round.
  private func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  @Test func `the quantile inverts the cumulative distribution`() {
    for exponent in stride(from: -300.0, through: -0.31, by: 0.37) {
      let p = pow(10, exponent)
      let x = NormalDistribution.quantile(p)
      #expect(abs(cumulative(x) / p - 1) < 1e-12 * (1 + x * x), "p = \(p)")
    }
  }

  @Test func `the quantile is odd about one half`() {
    #expect(NormalDistribution.quantile(0.5) == 0)
    for p in [0.25, 0.0625, 0x1p-20, 0x1p-40] {
      #expect(NormalDistribution.quantile(1 - p) == -NormalDistribution.quantile(p))
    }
  }

  @Test func `density and cumulative distribution agree with the system's`() {
    for x in stride(from: -36.9, through: 36.9, by: 0.1) {
      let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
      #expect(abs(NormalDistribution.density(x) - density) <= 1e-14 * (1 + x * x) * density)
      #expect(abs(NormalDistribution.cumulative(x) - cumulative(x)) <= 2e-15, "x = \(x)")
    }
    #expect(NormalDistribution.density(40) == 0)
    #expect(NormalDistribution.density(.nan) == 0)
  }

  /// Kolmogorov–Smirnov at n = 20,000: D·√n exceeds 1.95 with probability 0.001.
  @Test func `gaussians follow the normal distribution`() {
    let count = 20_000
    var samples: [Double] = []
    for index in 0..<UInt32(count / 50) {
      var stream = RandomStream(seed: 11, purpose: .perturbation, iteration: 3, index: index)
      for _ in 0..<50 { samples.append(stream.gaussian()) }
    }
    samples.sort()
    var distance = 0.0
    for (rank, x) in samples.enumerated() {
      let expected = cumulative(x)
      distance = max(
        distance, abs(expected - Double(rank) / Double(count)),
        abs(expected - Double(rank + 1) / Double(count)))
    }
    #expect(distance * Double(count).squareRoot() < 1.95)
  }

  @Test func `moderate moments are those of the normal distribution`() {
    var stream = RandomStream(seed: 5, purpose: .episode)
    let count = 40_000
    var moments = [0.0, 0.0, 0.0, 0.0]
    for _ in 0..<count {
      let x = stream.gaussian()
      var power = 1.0
      for i in moments.indices {
        power *= x
        moments[i] += power / Double(count)
      }
    }
    #expect(abs(moments[0]) < 0.02)
    #expect(abs(moments[1] - 1) < 0.03)
    #expect(abs(moments[2]) < 0.08)
    #expect(abs(moments[3] - 3) < 0.2)
  }
}
