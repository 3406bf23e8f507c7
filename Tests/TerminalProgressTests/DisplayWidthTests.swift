import Testing

@testable import TerminalProgress

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("abc", 3), ("走る", 4), ("e\u{301}", 1), ("👩‍👩‍👧‍👦", 2), ("🐆", 2), ("한글", 4), ("▀█▴", 3),
    ("❤\u{FE0F}", 2), ("", 0),
  ])
  func `width is counted in columns`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test func `a cut never splits a wide character`() {
    #expect("走る猎豹".cut(to: 5) == "走る")
    #expect("abc".cut(to: 0) == "")
  }

  @Test func `a line that was cut ends in an ellipsis`() {
    var line = StyledLine()
    line.add("走る", .strong)
    line.add("abc")
    #expect(line.text(width: 7, colour: false) == "走るabc")
    #expect(line.text(width: 6, colour: false) == "走るa…")
    #expect(line.text(width: 4, colour: false) == "走…")
    #expect(line.text(width: 1, colour: false) == "…")
  }
}
