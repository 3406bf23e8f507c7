import ExactArithmetic
import Testing

/// Doubles read from decimal text, beside what the standard library reads.
@Suite struct DecimalTests {
  private func read(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { Double(decimal: $0[...]) }
  }

  private func expectAgreement(_ text: String) {
    let (found, expected) = (read(text), Double(text))
    #expect(found?.bitPattern == expected?.bitPattern || found?.isNaN == true, "\(text)")
  }

  @Test func `every double reads back from its shortest text`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50_000 {
      expectAgreement(Double(bitPattern: random.next()).description)
      expectAgreement(Double.random(in: -1000...1000, using: &random).description)
    }
  }

  @Test func `numbers of any length and power are rounded to the nearest, the even of two`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50_000 {
      let digits = String(random.next() >> UInt64.random(in: 0..<64, using: &random))
      let point = Int.random(in: 1...digits.count, using: &random)
      let number = digits.prefix(point) + "." + digits.dropFirst(point) + "0"
      expectAgreement("-\(number)e\(Int.random(in: -40...40, using: &random))")
    }
    // Half-way between two doubles, a little less and a little more.
    for text in [
      "9007199254740993", "9007199254740995", "9007199254740992.999", "9007199254740993.001",
      "1e27", "1e-27", "18446744073709551615", "9999999999999999999", "0.1e28", "0.000", "-0",
      "-0e5",
    ] { expectAgreement(text) }
  }

  @Test func `other forms are what the standard library takes them for`() {
    for text in [
      "", "-", ".", "+1", "+", "1.", ".5", "-.5", "1e", "1e+", "1e-", "1e+5", "1E5", "1e5.",
      "1e1234",
      "1e-1234", "0x1p3", "inf", "nan", " 1", "1 ", "1,2", "--1", "1..2", "1.2.3", "1e5e5", "1_0",
      "12345678901234567890123", "1\0", "é",
    ] { expectAgreement(text) }
  }
}
