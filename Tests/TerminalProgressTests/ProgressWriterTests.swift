import Foundation
import Testing

@testable import TerminalProgress

@Suite struct ProgressWriterTests {
  /// What `body` makes a writer write.
  private func written(
    size: TerminalSize?, _ body: (ProgressWriter) -> Void
  ) throws -> String {
    let pipe = Pipe()
    do {
      let writer = ProgressWriter(
        to: pipe.fileHandleForWriting, colour: false, size: { size })
      body(writer)
    }
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }

  private let wide = TerminalSize(columns: 100, rows: 24)

  /// The rows a terminal shows after `text`: it knows line feeds, cursor up and clear to the end.
  private func screen(after text: String) -> [String] {
    var rows = [""]
    var row = 0
    for piece in text.matches(of: /\u{1B}\[\??([0-9]*)([A-Za-z])|\r|\n|[^\u{1B}\r\n]+/) {
      switch (piece.2, piece.0) {
      case ("A", _): row -= piece.1.flatMap { Int($0) } ?? 1
      case ("J", _): rows = Array(rows.prefix(row)) + [""]
      case (nil, "\r"): break
      case (nil, "\n"):
        row += 1
        if row == rows.count { rows.append("") }
      case (nil, let text): rows[row] += text
      default: break
      }
    }
    return rows
  }

  @Test func `the view is redrawn in place`() throws {
    var later = ProgressViewTests.halfway
    later.iteration = 21
    let text = try written(size: wide) { writer in
      writer.update(ProgressViewTests.halfway)
      writer.update(later)
    }
    #expect(screen(after: text) == ProgressView(later).lines(width: 100, colour: false) + [""])
  }

  @Test func `a printed line stands above the view`() throws {
    let text = try written(size: wide) { writer in
      writer.update(ProgressViewTests.halfway)
      writer.print("evaluator 3 joined")
      writer.update(ProgressViewTests.halfway)
    }
    let view = ProgressView(ProgressViewTests.halfway).lines(width: 100, colour: false)
    #expect(screen(after: text) == ["evaluator 3 joined"] + view + [""])
  }

  @Test func `the cursor is hidden once and brought back even without finish`() throws {
    let text = try written(size: wide) { writer in
      writer.update(ProgressViewTests.halfway)
      writer.update(ProgressViewTests.halfway)
    }
    #expect(text.hasPrefix(LiveScreen.hideCursor))
    #expect(text.components(separatedBy: LiveScreen.hideCursor).count == 2)
    #expect(text.hasSuffix(LiveScreen.showCursor))
  }

  @Test func `a low terminal shows only what fits`() throws {
    let text = try written(size: TerminalSize(columns: 100, rows: 4)) { writer in
      for _ in 0..<5 { writer.update(ProgressViewTests.halfway) }
    }
    #expect(screen(after: text).count == 4)
  }

  @Test func `lines that a narrower terminal has wrapped are cleared too`() {
    var screen = LiveScreen()
    _ = screen.redraw([String(repeating: "x", count: 90), "y"], size: wide)
    let text = screen.clear(size: TerminalSize(columns: 40, rows: 24))
    #expect(text == "\r\u{1B}[4A\u{1B}[J")
  }

  @Test func `off a terminal there are only plain lines`() throws {
    let text = try written(size: nil) { writer in
      for _ in 0..<3 { writer.update(ProgressViewTests.halfway) }
      writer.print("done")
      writer.finish()
    }
    #expect(text == ProgressView(ProgressViewTests.halfway).plainLines[0] + "\ndone\n")
  }

  @Test func `a pipe is no terminal`() {
    #expect(TerminalSize(of: Pipe().fileHandleForWriting.fileDescriptor) == nil)
  }
}
