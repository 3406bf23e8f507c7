import ExactArithmetic
import Foundation
import Testing

@Suite struct NormalDistributionTests {
  @Test func `it is the error function's`() {
    for x in stride(from: -9.0, through: 9, by: 0.037) {
      let expected = 0.5 * erfc(-x / 2.0.squareRoot())
      #expect(abs(ElementaryFunctions.normalDistribution(x) - expected) < 2e-15, "x = \(x)")
    }
  }

  @Test func `its ends are 0 and 1`() {
    for x in [8, 1e300, .infinity] {
      #expect(ElementaryFunctions.normalDistribution(x) == 1)
      #expect(ElementaryFunctions.normalDistribution(-x) == 0)
    }
    #expect(ElementaryFunctions.normalDistribution(0) == 0.5)
  }
}
