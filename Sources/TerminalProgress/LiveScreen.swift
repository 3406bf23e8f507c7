/// The text that redraws a block of lines in place on a terminal.
struct LiveScreen {
  private var drawn: [String] = []

  static let hideCursor = "\u{1B}[?25l"
  static let showCursor = "\u{1B}[?25h"

  /// The text that replaces the block on the screen by `lines`, the cursor below them.
  mutating func redraw(_ lines: [String], size: TerminalSize) -> String {
    let text = clear(size: size) + lines.map { $0 + "\n" }.joined()
    drawn = lines
    return text
  }

  /// The text that removes the block; the cursor ends where its first line began.
  mutating func clear(size: TerminalSize) -> String {
    // A terminal that became narrower has wrapped the lines on the screen.
    let rows = drawn.reduce(0) { rows, line in
      rows + max(1, (line.withoutSequences.displayWidth + size.columns - 1) / size.columns)
    }
    drawn = []
    let up = rows > 0 ? "\u{1B}[\(min(rows, max(1, size.rows - 1)))A" : ""
    return "\r\(up)\u{1B}[J"
  }
}

extension String {
  /// The text without escape sequences that set a style.
  var withoutSequences: String { replacing(/\u{1B}\[[0-9;]*m/, with: "") }
}
