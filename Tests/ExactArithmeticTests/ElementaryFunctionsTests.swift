import ExactArithmetic
import Foundation
import Testing

struct ElementaryFunctionsTests {
  @Test
  func `the exponential agrees with the library's to rounding`() {
    for x in stride(from: -80.0, through: 80, by: 0.137) {
      let expected = exp(x)
      #expect(abs(ElementaryFunctions.exponential(x) - expected) <= 4e-16 * expected)
      let single = Double(ElementaryFunctions.exponential(Float(x)))
      #expect(abs(single - exp(Double(Float(x)))) <= 3e-7 * exp(Double(Float(x))))
    }
  }

  @Test
  func `tanh and the logistic function keep their bounds for any argument`() {
    for x in [-1e30, -100, -3, -1e-3, 0, 1e-3, 3, 100, 1e30] {
      #expect(abs(ElementaryFunctions.hyperbolicTangent(x) - tanh(x)) < 4e-16)
      #expect(abs(ElementaryFunctions.hyperbolicTangent(Float(x)) - Float(tanh(x))) < 2e-7)
      let logistic = ElementaryFunctions.logistic(SIMD8(repeating: x))[3]
      #expect(abs(logistic - 1 / (1 + exp(-x))) < 4e-16)
    }
  }

  @Test func `the logarithm agrees with the system's to the last digits`() {
    for exponent in -1000..<1000 {
      let x = (1 + Double(abs(exponent) % 97) / 97) * pow(2, Double(exponent))
      let expected = log(x)
      #expect(abs(ElementaryFunctions.naturalLogarithm(x) - expected) <= 4e-16 * abs(expected))
    }
  }

  @Test func `the cosine agrees with the library's, and is exact at each quarter turn`() {
    for share in stride(from: 0.0, through: 1, by: 0.0037) {
      #expect(abs(ElementaryFunctions.cosine(halfTurns: share) - cos(.pi * share)) < 4e-16)
    }
    #expect([0, 0.5, 1].map(ElementaryFunctions.cosine(halfTurns:)) == [1, 0, -1])
  }

  @Test
  func `an exponential below one and a power agree with the library's`() {
    for x in stride(from: 0.0, through: 700, by: 0.37) {
      #expect(abs(ElementaryFunctions.inverseExponential(x) / exp(-x) - 1) < 1e-15 * (1 + x))
    }
    for exponent in [0, 1, 2, 7, 1000, 12_345] {
      let expected = pow(0.999, Double(exponent))
      let bound = 2e-16 * Double(1 + exponent)
      #expect(abs(ElementaryFunctions.power(0.999, exponent) / expected - 1) <= bound)
    }
  }

  @Test
  func `mean and norm are sums in order`() {
    let values = [1e16, 1, -1e16, 3]
    #expect(values.mean == (((0 + 1e16) + 1) - 1e16 + 3) / 4)
    #expect([Double]().mean == 0)
    #expect([3, 4.0].norm == 5)
    #expect([Double]().norm == 0)
  }
}
