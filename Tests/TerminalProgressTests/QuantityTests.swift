import Testing

@testable import TerminalProgress

@Suite struct QuantityTests {
  @Test(
    arguments: [
      (0, "0 s"), (-3, "0 s"), (45.4, "45 s"), (59.6, "1 min 00 s"), (130, "2 min 10 s"),
      (3599.4, "59 min 59 s"), (3600, "1 h 00 min"), (3900, "1 h 05 min"), (86_400, "1 d 0 h"),
      (273_600, "3 d 4 h"), (.nan, "–"), (.infinity, "–"), (1e300, "–"),
    ] as [(Double, String)])
  func `a duration has its two largest units`(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (812.4, "812"), (999.4, "999"), (999.6, "1.0 k"), (43_210, "43.2 k"),
      (999_949, "999.9 k"), (999_951, "1.0 M"), (1_250_000, "1.2 M"), (.nan, "–"),
    ] as [(Double, String)])
  func `a rate has a metric prefix`(value: Double, text: String) {
    #expect(Quantity.rate(value) == text)
  }

  @Test(
    arguments: [
      (nil, "–"), (.nan, "–"), (-3.214, "−3.21"), (12, "12.0"), (-1204.53, "−1,204.5"),
      (123_456.78, "123,456.8"), (-2e12, "−2.00E12"),
    ] as [(Double?, String)])
  func `a return has the decimals it needs`(value: Double?, text: String) {
    #expect(Quantity.episodeReturn(value) == text)
  }

  @Test func `a hundred percent means that nothing is left`() {
    #expect(Quantity.percent(0.9999) == "99 %")
    #expect(Quantity.percent(1) == "100 %")
    #expect(Quantity.percent(0.29) == "29 %")
  }
}
