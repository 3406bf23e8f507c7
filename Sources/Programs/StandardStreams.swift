@preconcurrency import Glibc

/// Where programs say what they found, standard output, and what there is to know of it, standard error.
///
/// Either may be a full disk or a pipe whose reader has gone, at which Foundation's `FileHandle.write(_:)` traps
/// and `print` loses what it was given without a word.
public enum StandardStreams {
  /// Writes to standard output at once, behind all that `print` was given.
  public static func write(_ bytes: some Collection<UInt8>) throws(OutputLost) {
    let bytes = Array(bytes)
    guard fwrite(bytes, 1, bytes.count, stdout) == bytes.count else {
      throw OutputLost(code: errno)
    }
    try flush()
  }

  /// Writes a line to standard output at once.
  public static func write(line: String) throws(OutputLost) {
    try write("\(line)\n".utf8)
  }

  /// Writes a line to standard output at once if it takes it: progress of work that goes on without.
  public static func offer(_ line: String) {
    do { try write(line: line) } catch { clearerr(stdout) }
  }

  /// Throws unless all that `print` was given has been written.
  public static func flush() throws(OutputLost) {
    guard fflush(stdout) == 0 else { throw OutputLost(code: errno) }
    // What was lost on the way here stays marked, but not why.
    guard ferror(stdout) == 0 else { throw OutputLost(code: nobodyReads ? EPIPE : EIO) }
  }

  /// Whether standard output is a pipe whose reader has gone.
  private static var nobodyReads: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR) != 0
  }

  /// Puts the null device where the process was started without standard input, output or error, so that no
  /// file or connection gets that number and what is meant for it; writing there fails as before.
  static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = Glibc.open("/dev/null", O_RDONLY)
    }
  }

  /// Writes a line to standard error; where nobody can read it, there is nobody to tell.
  public static func say(_ line: String) {
    tell("\(line)\n".utf8)
  }

  /// As `say`, what ends in a line's end already.
  static func tell(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN && isTaken(within: 1000) { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

extension StandardStreams {
  /// Whether standard error takes something within so many milliseconds.
  private static func isTaken(within milliseconds: Int32) -> Bool {
    var error = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    return poll(&error, 1, milliseconds) == 1
  }
}

/// Standard output took no more.
public struct OutputLost: Error, Hashable, CustomStringConvertible {
  /// The system's number of the reason.
  let code: Int32

  /// The line.
  public var description: String {
    "standard output cannot be written: \(String(cString: strerror(code)))"
  }

  /// Ends the process as a signal would have, if the reader of a pipe has gone (`head`, `less`).
  func endIfNobodyReads() {
    guard code == EPIPE else { return }
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }
}
