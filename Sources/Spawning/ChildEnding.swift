/// How a child process ended.
public enum ChildEnding: Sendable, Hashable, CustomStringConvertible {
  /// By itself, with an exit code.
  case exited(code: Int32)
  /// By a signal.
  case killed(signal: Int32)

  /// The ending in a status of `waitpid`.
  package init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(code: status >> 8 & 0xff) : .killed(signal: signal)
  }

  /// For people: `exit code 65`, `signal 9`.
  public var description: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .killed(let signal): "signal \(signal)"
    }
  }
}
