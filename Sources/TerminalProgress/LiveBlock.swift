import Foundation

/// A block of lines that is redrawn in place on a terminal.
///
/// Call `finish` before the process ends, also when it is interrupted: it brings the cursor back.
/// One instance serves one thread.
public final class LiveBlock {
  private let output: FileHandle
  private let readSize: () -> TerminalSize?
  private var screen = LiveScreen()
  private var lines: [String] = []
  private var isCursorHidden = false

  /// A block on `output`.
  ///
  /// - Parameter size: reads the terminal's size, nil for an output that is none; by default from `output`.
  public init(on output: FileHandle, size: (() -> TerminalSize?)? = nil) {
    let descriptor = output.fileDescriptor
    self.output = output
    readSize = size ?? { TerminalSize(of: descriptor) }
  }

  /// The terminal's size, nil where the output is none.
  public var size: TerminalSize? { readSize() }

  /// Shows `lines` in place of those before; does nothing where the output is no terminal.
  ///
  /// - Parameter lines: each at most as wide as the terminal; those that it has no rows for are left out.
  public func show(_ lines: [String]) {
    guard let size = readSize() else { return }
    self.lines = lines
    write(draw(size))
  }

  /// Prints a line of its own above the block.
  public func print(_ line: String) {
    guard let size = readSize() else { return write(line + "\n") }
    let cleared = screen.clear(size: size)
    write(cleared + line + "\n" + (lines.isEmpty ? "" : draw(size)))
  }

  /// Leaves the block as it is and the cursor visible below it; later ones start anew.
  public func finish() {
    screen = LiveScreen()
    lines = []
    guard isCursorHidden else { return }
    isCursorHidden = false
    write(LiveScreen.showCursor)
  }

  deinit { finish() }

  private func draw(_ size: TerminalSize) -> String {
    let start = isCursorHidden ? "" : LiveScreen.hideCursor
    isCursorHidden = true
    // One row stays free for the cursor, so that the screen never scrolls.
    return start + screen.redraw(Array(lines.prefix(max(1, size.rows - 1))), size: size)
  }

  /// Writes `text`; an output that went away ends nothing.
  private func write(_ text: String) { try? output.write(contentsOf: Data(text.utf8)) }
}
