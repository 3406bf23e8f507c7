import Foundation

/// Shows the progress of a run on an output: in place on a terminal, as plain lines elsewhere.
///
/// Call `finish` before the process ends, also when it is interrupted: it brings the cursor back.
/// One instance serves one thread.
public final class ProgressWriter {
  private let block: LiveBlock
  private let colour: Bool
  private var pacing: PlainPacing

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
    block = LiveBlock(on: output, size: size)
    self.colour = colour
    pacing = PlainPacing(interval: interval)
  }

  /// Shows `progress`; on a terminal at once, elsewhere when it is worth a line.
  public func update(_ progress: TrainingProgress) {
    let view = ProgressView(progress)
    if let size = block.size {
      block.show(view.lines(width: size.columns, colour: colour))
    } else if pacing.admits(progress) {
      view.plainLines.forEach { block.print($0) }
    }
  }

  /// Prints a line of its own above the view.
  public func print(_ line: String) { block.print(line) }

  /// Leaves the last view on the screen and the cursor visible below it; later updates start anew.
  public func finish() { block.finish() }
}
