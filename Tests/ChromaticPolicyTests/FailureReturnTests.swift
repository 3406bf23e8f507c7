import ChromaticPolicy
import Foundation
import Testing

@Suite struct FailureReturnTests {
  static let cases: [([Double], Double)] = [
    ([1.0, 3, 2], -1.0), ([100, 100], 0.0), ([-7, -7], -14), ([0, 0], -1), ([1e-10, 2e-10], 0),
    ([5], 0),
  ]

  @Test(arguments: cases)
  func `a failure is worth less than whatever was finished beside it`(
    finished: [Double], worth: Double
  ) {
    #expect(FailureReturn.worth(beside: finished) == worth)
    #expect(worth < finished[0])
  }

  @Test func `a worth that is given stands, also where nothing was finished`() {
    #expect(FailureReturn.worth(beside: [1, 2], given: 9) == 9)
    #expect(FailureReturn.worth(beside: [Double](), given: 9) == 9)
    #expect(FailureReturn.worth(beside: [Double]()) == nil)
  }

  /// An environment that pays 100 and crashes in half its episodes.
  @Test func `failures do not lift a mean`() throws {
    let returns: [Double?] = (0..<20).map { $0.isMultiple(of: 2) ? 100 : nil }
    let crashing = try #require(Policy.Evaluation(returns: returns, failureReturn: nil))
    #expect(crashing.mean == 50 && crashing.failed == 10 && crashing.failureReturn == 0)
    #expect(crashing.episodes == 20 && crashing.min == 0)
    let steady = try #require(Policy.Evaluation(returns: [Double](repeating: 40, count: 20)))
    #expect(steady.isBetter(than: crashing, by: \.mean))
    #expect(!crashing.isBetter(than: steady, by: \.mean))
  }

  @Test func `without failures the text of an evaluation is what it was`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let evaluation = Policy.Evaluation(returns: [1, 3], failureReturn: nil)
    #expect(
      try String(decoding: encoder.encode(evaluation), as: UTF8.self)
        == #"{"episodes":2,"max":3,"mean":2,"min":1,"std":1.4142135623730951}"#)
  }
}
