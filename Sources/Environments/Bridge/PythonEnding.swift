/// How a Python process ended.
enum PythonEnding: Sendable, Hashable {
  /// By itself, with this code.
  case exited(Int32)
  /// By this signal.
  case killed(Int32)
  /// Somebody else took note of its end.
  case unknown
}

extension PythonEnding: CustomStringConvertible {
  /// `exit code 3` or `signal 9`.
  var description: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .killed(let signal): "signal \(signal)"
    case .unknown: "an unknown exit code"
    }
  }
}
