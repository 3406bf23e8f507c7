import Testing

@testable import ReadableNumbers

@Suite struct ReturnTextTests {
  @Test(
    arguments: [
      (0, "0.00", "0.00"), (-0.0, "0.00", "0.00"), (4721.34, "4,721.3", "4721.3"),
      (-0.000123, "−0.000123", "-0.000123"), (0.0123456, "0.0123", "0.0123"),
      (0.5, "0.500", "0.500"), (0.99996, "1.000", "1.000"), (-3.214, "−3.21", "-3.21"),
      (12, "12.0", "12.0"), (-1.2345e-10, "−1.23E−10", "-1.23E-10"),
      (2e-300, "2.00E−300", "2.00E-300"), (-2e12, "−2.00E12", "-2.00E12"),
      (.nan, "–", "–"), (-.infinity, "–", "–"),
    ] as [(Double, String, String)])
  func `a return has the digits that tell it from 0`(value: Double, prose: String, plain: String) {
    #expect(value.returnText() == prose)
    #expect(value.returnText(.plain) == plain)
  }

  @Test func `a table's returns are whole from a hundred on, and only there`() {
    #expect(123.7.returnText(.plain, wholeFrom: 100) == "124")
    #expect((-0.0002).returnText(.plain, wholeFrom: 100) == "-0.000200")
    #expect(3e10.returnText(.plain, wholeFrom: 100) == "3.00E10")
  }
}
