/// Why a Python process does not do what it was asked.
struct BridgeProblem: Error, Sendable, Hashable {
  /// What kind of mistake it is where no environment can be made for it.
  let code: EnvironmentError.Code
  /// One line without the environment's name.
  let reason: String

  /// A problem of an environment that is there and does not work.
  init(_ reason: String) { self.init(.brokenEnvironment, reason) }

  /// A problem of the given kind.
  init(_ code: EnvironmentError.Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The problem that a frame reports; nil if it is no report.
  init?(_ frame: BridgeFrame) {
    switch frame.kind {
    case .raised: self.init(frame.text())
    case .unknown: self.init(.unknownEnvironment, frame.text())
    case .unsupported: self.init(.unsupportedEnvironment, frame.text())
    case .missing: self.init(.missingPython, "its Python has no Gymnasium: \(frame.text())")
    case .reset, .step, .ready, .state, .inspect, .report: return nil
    }
  }
}
