import Randomness
import Testing

/// Many normal numbers at a time are those that come one by one.
@Suite struct GaussianBatchTests {
  @Test(arguments: [0, 1, 3, 4, 7, 8, 9, 16, 17, 100, 943])
  func `a batch is as many single numbers, bit for bit, and the stream goes on behind it`(
    count: Int
  ) {
    for (seed, before) in [(0, 0), (1, 1), (2, 2), (3, 3), (UInt64.max, 0)] {
      var batch = RandomStream(seed: seed, purpose: .perturbation, iteration: 7, index: .max)
      var single = batch
      for _ in 0..<before { #expect(batch.nextWord() == single.nextWord()) }
      for _ in 0..<3 {
        let numbers = batch.gaussians(count)
        #expect(numbers.map(\.bitPattern) == (0..<count).map { _ in single.gaussian().bitPattern })
      }
      #expect(batch.next() == single.next())
    }
  }

  @Test func `numbers from the centre, the tails and far beyond are all met`() {
    var stream = RandomStream(seed: 5, purpose: .perturbation)
    let numbers = stream.gaussians(2_000_000)
    var single = RandomStream(seed: 5, purpose: .perturbation)
    #expect(numbers.allSatisfy { $0 == single.gaussian() })
    #expect(numbers.contains { abs($0) < 1e-4 } && numbers.contains { abs($0) > 4.6 })
  }
}
