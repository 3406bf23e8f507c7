import Testing

@testable import TerminalProgress

@Suite struct BlocksTests {
  @Test(arguments: [-1, 0, 0.01, 0.33, 0.5, 0.999, 1, 2])
  func `a bar is as wide as asked`(fraction: Double) {
    for width in [0, 1, 8, 33] {
      let bar = ProgressBar.bar(fraction, width: width)
      #expect((bar.filled + bar.rest).displayWidth == width)
    }
  }

  @Test func `a bar is exact to an eighth of a column`() {
    #expect(ProgressBar.bar(0.5, width: 4) == ("██", "░░"))
    #expect(ProgressBar.bar(0.53125, width: 4) == ("██▏", "░"))
    #expect(ProgressBar.bar(1, width: 4) == ("████", ""))
  }

  @Test func `a sparkline goes from the lowest to the highest block`() {
    let sparkline = Sparkline([-10, 0, nil, 4], marked: [3, 9], width: 80)
    #expect(sparkline.blocks == "▁▆ █")
    #expect(sparkline.marks == "   ▴")
  }

  @Test func `a sparkline of one level is half high`() {
    #expect(Sparkline([5, 5], marked: [], width: 80).blocks == "▄▄")
  }

  @Test func `many values share columns and keep their marks`() {
    let sparkline = Sparkline((0..<800).map { Double($0) }, marked: [799], width: 8)
    #expect(sparkline.blocks == "▁▂▃▄▅▆▇█")
    #expect(sparkline.marks == "       ▴")
  }

  @Test func `values that are no numbers leave a gap`() {
    #expect(Sparkline([1, .nan, .infinity, 2], marked: [], width: 80).blocks == "▁  █")
  }
}
