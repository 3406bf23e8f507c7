import ExactArithmetic
import Foundation
import Testing

@testable import ArchitectureSearch

@Suite struct ClassDistributionTests {
  @Test func `probabilities sum to one for logits of any size`() {
    for scale in [0.0, 1, 50, 1e4] {
      let distribution = ClassDistribution(logits: [0.3, -1, 2, 0.1].map { $0 * scale })
      #expect(abs(distribution.probabilities.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test(arguments: [1, 2, 7, 8, 17])
  func `the distributions of many edges are those of each by itself`(classCount: Int) {
    let logits = (0..<5 * classCount).map { Double($0 * 7919 % 31) / 3 }
    for (edge, found) in ClassDistributions(logits: logits, classCount: classCount).enumerated() {
      let row = logits[edge * classCount..<(edge + 1) * classCount]
      let exponentials = row.map {
        ElementaryFunctions.exponential($0 - row.reduce(-.infinity, max))
      }
      let sum = exponentials.reduce(0, +)
      #expect(Array(found.probabilities) == exponentials.map { $0 / sum })
    }
  }

  @Test func `entropy is the logarithm of M when uniform and zero when decided`() {
    let uniform = ClassDistribution(logits: [Double](repeating: 7, count: 17))
    #expect(abs(uniform.entropy - log(17)) < 1e-12)
    #expect(ClassDistribution(logits: [0, 900, 0]).entropy < 1e-12)
  }

  @Test func `the entropy gradient agrees with central differences`() {
    let logits = [0.3, -1, 2, 0.1]
    let gradient = ClassDistribution(logits: logits).entropyGradient
    for index in logits.indices {
      var (up, down) = (logits, logits)
      up[index] += 1e-5
      down[index] -= 1e-5
      let slope =
        (ClassDistribution(logits: up).entropy - ClassDistribution(logits: down).entropy) / 2e-5
      #expect(abs(slope - gradient[index]) < 1e-8)
    }
  }

  @Test func `every class is drawn over exactly its share of the unit interval`() {
    let distribution = ClassDistribution(logits: [0, log(2), log(5)])
    let draws = [0.001, 0.124, 0.126, 0.374, 0.376, 0.999].map(distribution.draw)
    #expect(draws == [0, 0, 1, 1, 2, 2])
  }
}

extension ClassDistribution {
  /// softmax of `logits`.
  init(logits: [Double]) { self = ClassDistributions(logits: logits, classCount: logits.count)[0] }
}
