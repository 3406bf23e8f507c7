/// A task that an evaluator holds, and the submission that it belongs to.
///
/// A name may be given to another run: after `FLUSHALL`, or on a Redis that begins anew. Whatever
/// an evaluator has read of a run is worth nothing for another submission of the same name.
public struct Claim: Sendable, Hashable {
  /// The task.
  public let task: TaskID
  /// What identifies the submission, as its run's state has it; empty for a run of an older version.
  ///
  /// Nil for a caller that takes whichever submission is there.
  public let submission: String?

  /// A claim of `task`.
  public init(task: TaskID, submission: String?) {
    self.task = task
    self.submission = submission
  }
}

/// What a claim found.
public enum Claimed: Sendable, Hashable {
  /// A task, now under a lease.
  case task(Claim)
  /// Tasks are pending that this evaluator leaves to others; a wait for tasks would end at once.
  case leftToOthers
  /// No task is pending.
  case nothing

  /// The claim, nil if there is none.
  public var claim: Claim? {
    if case .task(let claim) = self { claim } else { nil }
  }
}

/// What a claim is made under that is asked for together with a delivery.
public struct NextClaim: Sendable, Hashable {
  /// Seconds of the lease.
  public let lease: Double
  /// The submissions whose tasks are left to others, by run.
  public let refused: [RunID: String]

  /// A claim under a lease of `lease` seconds.
  public init(lease: Double, except refused: [RunID: String]) {
    self.lease = lease
    self.refused = refused
  }
}

/// What became of a result, and what was claimed in the same call.
public struct Receipt: Sendable, Hashable {
  /// What became of the result.
  public let completion: Completion
  /// What the claim found; nil if none was made.
  public let next: Claimed?

  /// A delivery with the given parts.
  public init(_ completion: Completion, next: Claimed? = nil) {
    self.completion = completion
    self.next = next
  }
}

/// What identifies a submission in its run's state.
public enum Submission {
  /// The field of the state.
  public static let field = "submission"

  /// A mark that no other submission has.
  public static func mark() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Calls of a caller that keeps nothing of a run: a test, or a tool that looks at one task.
extension EvaluatorStore {
  /// `claim(by:lease:except:)` of any run, without its submission.
  public func claim(by evaluator: String, lease seconds: Double) throws(StoreError) -> TaskID? {
    try claim(by: evaluator, lease: seconds, except: [:]).claim?.task
  }

  /// `deliver(_:of:by:next:)` of a caller that asks for no next task.
  public func complete(
    _ claim: Claim, result: String, by evaluator: String
  ) throws(StoreError) -> Completion {
    try deliver(result, of: claim, by: evaluator, next: nil).completion
  }

  /// `complete(_:result:by:)` whichever submission the task belongs to.
  public func complete(
    _ task: TaskID, result: String, by evaluator: String = "e"
  ) throws(StoreError) -> Completion {
    try complete(Claim(task: task, submission: nil), result: result, by: evaluator)
  }
}
