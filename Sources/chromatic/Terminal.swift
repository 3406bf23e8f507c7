import Figures
import Foundation
import TerminalProgress

/// What the tool knows of the terminal it writes to.
enum Terminal {
  /// How many colours standard output takes.
  static var colour: TerminalColour { colour(of: STDOUT_FILENO) }

  /// How many colours standard error takes.
  static var errorColour: TerminalColour { colour(of: STDERR_FILENO) }

  /// Columns of standard output; 100 where it is no terminal.
  static var width: Int { TerminalSize(of: STDOUT_FILENO)?.columns ?? 100 }

  private static func colour(of descriptor: Int32) -> TerminalColour {
    TerminalColour(
      environment: ProcessInfo.processInfo.environment, isTerminal: isatty(descriptor) == 1)
  }
}
