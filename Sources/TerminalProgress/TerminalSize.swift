#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The size of a terminal in character cells.
public struct TerminalSize: Sendable, Hashable {
  /// Cells in a line.
  public var columns: Int
  /// Lines.
  public var rows: Int

  /// A size of the given cells.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the terminal behind a file descriptor, nil if it is no terminal.
  ///
  /// 80 × 24 for a terminal that does not know its size.
  public init?(of fileDescriptor: Int32) {
    guard isatty(fileDescriptor) == 1 else { return nil }
    var size = winsize()
    let isKnown = ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    columns = isKnown ? Int(size.ws_col) : 80
    rows = isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24
  }
}
