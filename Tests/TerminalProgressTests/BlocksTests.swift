import Testing

@testable import TerminalProgress

@Suite struct BlocksTests {
  @Test(arguments: [-1, 0, 0.01, 0.33, 0.5, 0.999, 1, 2])
  func aBarIsAsWideAsAsked(fraction: Double) {
    for width in [0, 1, 8, 33] {
      let bar = ProgressBar.bar(fraction, width: width)
      #expect((bar.filled + bar.rest).displayWidth == width)
    }
  }

  @Test func aBarIsExactToAnEighthOfAColumn() {
    #expect(ProgressBar.bar(0.5, width: 4) == ("██", "░░"))
    #expect(ProgressBar.bar(0.53125, width: 4) == ("██▏", "░"))
    #expect(ProgressBar.bar(1, width: 4) == ("████", ""))
  }

  @Test func aSparklineGoesFromTheLowestToTheHighestBlock() {
    let sparkline = Sparkline([-10, 0, nil, 4], marked: [3, 9], width: 80)
    #expect(sparkline.blocks == "▁▆ █")
    #expect(sparkline.marks == "   ▴")
  }

  @Test func aSparklineOfOneLevelIsHalfHigh() {
    #expect(Sparkline([5, 5], marked: [], width: 80).blocks == "▄▄")
  }

  @Test func manyValuesShareColumnsAndKeepTheirMarks() {
    let sparkline = Sparkline((0..<800).map { Double($0) }, marked: [799], width: 8)
    #expect(sparkline.blocks == "▁▂▃▄▅▆▇█")
    #expect(sparkline.marks == "       ▴")
  }

  @Test func valuesThatAreNoNumbersLeaveAGap() {
    #expect(Sparkline([1, .nan, .infinity, 2], marked: [], width: 80).blocks == "▁  █")
  }
}
