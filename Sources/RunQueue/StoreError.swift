/// Why the store could not do what was asked.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The server cannot be reached or the connection broke; trying again may help.
  case unreachable(String)
  /// The server answers, yet not now: it loads its data, is busy or full of clients, or hands over to
  /// another one; trying again may help.
  case notReady(String)
  /// The server refuses the credentials or the user's call; while users are reloaded it may change its
  /// mind.
  case refused(String)
  /// The server is too old or answers what this version does not understand.
  case incompatible(String)
  /// The server refused a write (memory or disk full, read-only replica); trying again may help.
  case cannotWrite(String)
  /// A run of that name exists.
  case runExists(RunID)
  /// There is no run of that name.
  case noSuchRun(RunID)
  /// A run of that name and other settings was forgotten.
  case runForgotten(RunID)
  /// A limit of the queue or the server's memory is reached; see `QueueLimits`.
  case overLimit(String)
  /// The run's phase does not allow the operation.
  case wrongPhase(RunID, RunPhase, operation: String)
  /// A key holds something it should not.
  case damaged(key: String, reason: String)

  /// One line: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreachable(let line), .notReady(let line), .refused(let line),
      .incompatible(let line), .cannotWrite(let line), .overLimit(let line):
      line
    case .runExists(let run):
      "a run named \(run) exists in this queue: choose another name with --name"
    case .runForgotten(let run):
      "a run named \(run) with other settings was forgotten in this queue, and evaluators may still "
        + "work on it: choose another name with --name"
    case .noSuchRun(let run):
      "no run named \(run) in this queue: 'chromatic runs' lists them"
    case .wrongPhase(let run, let phase, let operation):
      "cannot \(operation) run \(run): it is \(phase.rawValue)"
    case .damaged(let key, let reason):
      "\(key) is damaged: \(reason)"
    }
  }

  /// Whether only the run it was about cannot go on, so that a service fails that and serves others.
  public var concernsOneRun: Bool {
    switch self {
    case .overLimit: true
    case .damaged(let key, _): key.contains(":run:")
    default: false
    }
  }

  /// Whether it is of the moment: the same call may succeed later without anybody changing it.
  ///
  /// How long a caller then waits says `Patience`, for services and tools alike.
  public var isTransient: Bool {
    switch self {
    case .unreachable, .notReady, .cannotWrite: true
    default: false
    }
  }
}
