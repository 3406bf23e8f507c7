import RunQueue

/// Every key of one queue; no other file builds a key.
///
/// The braces are a Redis Cluster hash tag: all keys of a queue live in one slot.
public struct QueueKeys: Sendable, Hashable {
  /// The queue's name: 1 to 64 letters, digits, dots, dashes or underscores.
  public let queue: String

  /// The keys of `queue`, or nil if that is no valid queue name.
  public init?(queue: String) {
    guard RunID(queue) != nil else { return nil }
    self.queue = queue
  }

  /// What every key of every queue begins with.
  static let start = "chromatic:"

  /// What every key of the queue begins with; for scripts that build the others from it.
  var prefix: String { "\(Self.start){\(queue)}:" }

  /// The queue to which a key belongs, nil if to none.
  static func queue(of key: String) -> String? {
    guard key.hasPrefix("\(start){"), let end = key.firstIndex(of: "}"),
      key[end...].hasPrefix("}:")
    else { return nil }
    return Self(queue: String(key[..<end].dropFirst(start.count + 1)))?.queue
  }

  /// LIST of pending evaluations, `<run> <iteration> <index>`.
  public var tasks: String { prefix + "tasks" }
  /// LIST of iterations ready to reduce, `<run> <iteration>`.
  public var results: String { prefix + "results" }
  /// LIST of reduced iterations, `<run> <iteration>`.
  public var updates: String { prefix + "updates" }
  /// HASH of work in flight: task → `<evaluator> <expiry> <attempt>`.
  public var leases: String { prefix + "leases" }
  /// LIST of tasks and messages given up, each with its reason.
  public var dead: String { prefix + "dead" }
  /// HASH of heartbeats: evaluator → `<unix seconds> <JSON>`.
  public var evaluators: String { prefix + "evaluators" }
  /// HASH of evaluators that are to begin nothing: evaluator → `<unix seconds>` since when.
  public var drained: String { prefix + "drained" }
  /// HASH of leaders: role → `<name> <expiry>`.
  public var leaders: String { prefix + "leaders" }
  /// HASH of phases: run → phase.
  public var runs: String { prefix + "runs" }
  /// HASH of forgotten runs: run → digest of its configuration.
  public var forgotten: String { prefix + "forgotten" }

  /// What every key of a run begins with, followed by the run's name; for scripts that learn the
  /// run from a message.
  var runPrefix: String { prefix + "run:" }

  /// One of a run's hashes.
  public func hash(_ hash: RunHash, of run: RunID) -> String {
    "\(runPrefix)\(run):\(hash.rawValue)"
  }

  /// HASH of the results of an iteration: index → result.
  public func returns(of iteration: IterationID) -> String {
    "\(returnsPrefix(of: iteration.run))\(iteration.iteration)"
  }

  /// What the keys of a run's results begin with, followed by the iteration.
  func returnsPrefix(of run: RunID) -> String { "\(runPrefix)\(run):returns:" }

  /// HASH of lost leases of the iteration in progress: index → times lost.
  public func lost(of run: RunID) -> String { "\(runPrefix)\(run):lost" }

  /// HASH of failures: index → the evaluator that failed it first in the iteration in progress;
  /// `overruled <evaluator>` where another one finished what it had failed; `last` → the last failure's reason.
  public func failures(of run: RunID) -> String { "\(runPrefix)\(run):failures" }

  /// LIST of one JSON line per iteration.
  public func history(of run: RunID) -> String { "\(runPrefix)\(run):history" }
}
