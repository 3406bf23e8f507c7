import Foundation

/// Shows the progress of a run on an output: in place on a terminal, as plain lines elsewhere.
///
/// Call `finish` before the process ends, also when it is interrupted: it brings the cursor back.
/// One instance serves one thread.
public final class ProgressWriter {
  private let output: FileHandle
  private let colour: Bool
  private let readSize: () -> TerminalSize?
  private var screen = LiveScreen()
  private var pacing: PlainPacing
  private var latest: TrainingProgress?
  private var isCursorHidden = false

  /// A writer to `output`.
  ///
  /// - Parameters:
  ///   - colour: Whether the live view may use colour.
  ///   - interval: Least seconds between two plain lines.
  ///   - size: Reads the terminal's size, nil for an output that is none; by default from `output`.
  public init(
    to output: FileHandle = .standardError, colour: Bool, interval: Double = 5,
    size: (() -> TerminalSize?)? = nil
  ) {
    let descriptor = output.fileDescriptor
    self.output = output
    self.colour = colour
    readSize = size ?? { TerminalSize(of: descriptor) }
    pacing = PlainPacing(interval: interval)
  }

  /// Shows `progress`; on a terminal at once, elsewhere when it is worth a line.
  public func update(_ progress: TrainingProgress) {
    latest = progress
    guard let size = readSize() else {
      guard pacing.admits(progress) else { return }
      return write(ProgressView(progress).plainLines.map { $0 + "\n" }.joined())
    }
    write(draw(progress, size: size))
  }

  /// Prints a line of its own above the view.
  public func print(_ line: String) {
    guard let size = readSize() else { return write(line + "\n") }
    let cleared = screen.clear(size: size)
    let view = latest.map { draw($0, size: size) } ?? ""
    write(cleared + line + "\n" + view)
  }

  /// Leaves the last view on the screen and the cursor visible below it; later updates start anew.
  public func finish() {
    screen = LiveScreen()
    latest = nil
    guard isCursorHidden else { return }
    isCursorHidden = false
    write(LiveScreen.showCursor)
  }

  deinit { finish() }

  private func draw(_ progress: TrainingProgress, size: TerminalSize) -> String {
    let lines = ProgressView(progress).lines(width: size.columns, colour: colour)
    let start = isCursorHidden ? "" : LiveScreen.hideCursor
    isCursorHidden = true
    // One row stays free for the cursor, so that the screen never scrolls.
    return start + screen.redraw(Array(lines.prefix(max(1, size.rows - 1))), size: size)
  }

  /// Writes `text`; an output that went away ends no training.
  private func write(_ text: String) { try? output.write(contentsOf: Data(text.utf8)) }
}
