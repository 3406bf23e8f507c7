import Programs
import Testing

@Suite struct GivenTextTests {
  @Test func `an error names what gave the value`() throws {
    let both = ["CHROMATIC_SLOTS": "8"]
    let flag = try #require(GivenText("--slots", "x", else: "CHROMATIC_SLOTS", in: both))
    #expect("\(flag.invalid("1 to 1024"))" == "--slots is 'x', expected 1 to 1024")
    let variable = try #require(GivenText("--slots", nil, else: "CHROMATIC_SLOTS", in: both))
    #expect("\(variable.invalid("less"))" == "CHROMATIC_SLOTS is 8, expected less")
  }

  @Test func `an empty variable gives nothing, an empty flag does`() {
    #expect(GivenText("--slots", nil, else: "CHROMATIC_SLOTS", in: ["CHROMATIC_SLOTS": ""]) == nil)
    #expect(GivenText("--slots", nil, else: "CHROMATIC_SLOTS", in: [:]) == nil)
    #expect(GivenText("--slots", "", else: "CHROMATIC_SLOTS", in: [:])?.text == "")
  }
}
