import ExactArithmetic
import Foundation
import Testing

@Suite struct HyperbolicTangentTests {
  @Test func `the tangent agrees with the system's to the last digits`() {
    for step in -3000...3000 {
      let x = Double(step) * 0.01
      let value = hyperbolicTangent(SIMD4(x, -x, x * 1e-3, 1e300))
      #expect(abs(value.x - Foundation.tanh(x)) < 4e-16)
      #expect(value.y == -value.x)
      #expect(abs(value.z - Foundation.tanh(x * 1e-3)) < 4e-16)
      #expect(value.w == 1)
    }
    #expect(hyperbolicTangent(SIMD4(repeating: .nan)).x.isNaN)
  }
}
