import Foundation
import Testing

@testable import ArchitectureSearch

@Suite struct ElementaryFunctionsTests {
  @Test func `the exponential agrees with the library's to rounding`() {
    for x in stride(from: -80.0, through: 80, by: 0.137) {
      let expected = exp(x)
      #expect(abs(ElementaryFunctions.exponential(x) - expected) <= 4e-16 * expected)
      let single = Double(ElementaryFunctions.exponential(Float(x)))
      #expect(abs(single - exp(Double(Float(x)))) <= 3e-7 * exp(Double(Float(x))))
    }
  }

  @Test func `tanh and the logistic function keep their bounds for any argument`() {
    for x in [-1e30, -100, -3, -1e-3, 0, 1e-3, 3, 100, 1e30] {
      #expect(abs(ElementaryFunctions.hyperbolicTangent(x) - tanh(x)) < 4e-16)
      #expect(abs(ElementaryFunctions.hyperbolicTangent(Float(x)) - Float(tanh(x))) < 2e-7)
      let logistic = ElementaryFunctions.logistic(SIMD8(repeating: x))[3]
      #expect(abs(logistic - 1 / (1 + exp(-x))) < 4e-16)
    }
  }
}
