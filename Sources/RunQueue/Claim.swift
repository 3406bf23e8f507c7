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
  /// Tasks, the oldest first, each now under a lease; at least one.
  case tasks([Claim])
  /// Tasks are pending that this evaluator leaves to others; a wait for tasks would end at once.
  case leftToOthers
  /// No task is pending.
  case nothing

  /// What was claimed, the oldest first; empty if nothing was.
  public var claims: [Claim] {
    if case .tasks(let claims) = self { claims } else { [] }
  }

  /// The oldest claim, nil if there is none.
  public var claim: Claim? { claims.first }
}

/// How many tasks are claimed, and under what.
public struct ClaimRequest: Sendable, Hashable {
  /// Seconds of the leases.
  public let lease: Double
  /// The submissions whose tasks are left to others, by run.
  public let refused: [RunID: String]
  /// The most tasks that are taken at once, at least 1.
  public let most: Int
  /// How many slots the evaluator has, at least 1: more than one task is taken only as long as twice as many are
  /// left for each slot, if every evaluator has as many.
  public let slots: Int

  /// A request of `most` tasks under leases of `lease` seconds.
  public init(lease: Double, except refused: [RunID: String], most: Int = 1, slots: Int = 1) {
    precondition(most >= 1 && slots >= 1, "at least one task for at least one slot")
    self.lease = lease
    self.refused = refused
    self.most = most
    self.slots = slots
  }

  /// How many tasks are taken of `pending` ones, with as many evaluators: half of a slot's share.
  public func bundle(of pending: Int, among evaluators: Int) -> Int {
    max(1, min(most, pending / (2 * slots * max(1, evaluators))))
  }
}

/// The result of a task, to be delivered.
public struct TaskResult: Sendable, Hashable {
  /// What it is the result of.
  public let claim: Claim
  /// What is recorded.
  public let text: String

  /// `text` as the result of the task of `claim`.
  public init(_ text: String, of claim: Claim) {
    self.text = text
    self.claim = claim
  }
}

/// What became of results, and what was claimed in the same call.
public struct Receipt: Sendable, Hashable {
  /// What became of each result, in order; fewer than were delivered where the next one met `damage`.
  public let completions: [Completion]
  /// Why the result behind `completions` could not be recorded, nor any behind it.
  public let damage: StoreError?
  /// What the claim found; nil if none was made.
  public let next: Claimed?

  /// A delivery with the given parts.
  public init(_ completions: [Completion], damage: StoreError? = nil, next: Claimed? = nil) {
    self.completions = completions
    self.damage = damage
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

/// Calls about one task.
extension EvaluatorStore {
  /// `claim(by:_:)` of one task.
  public func claim(
    by evaluator: String, lease seconds: Double, except refused: [RunID: String]
  ) throws(StoreError) -> Claimed {
    try claim(by: evaluator, ClaimRequest(lease: seconds, except: refused))
  }

  /// `claim(by:lease:except:)` of any run, without its submission.
  public func claim(by evaluator: String, lease seconds: Double) throws(StoreError) -> TaskID? {
    try claim(by: evaluator, lease: seconds, except: [:]).claim?.task
  }

  /// `deliver(_:by:next:)` of one result, whose damage is thrown.
  public func deliver(
    _ result: String, of claim: Claim, by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    let receipt = try deliver([TaskResult(result, of: claim)], by: evaluator, next: next)
    if let damage = receipt.damage { throw damage }
    return receipt
  }

  /// `deliver(_:of:by:next:)` of a caller that asks for no next task.
  public func complete(
    _ claim: Claim, result: String, by evaluator: String
  ) throws(StoreError) -> Completion {
    try deliver(result, of: claim, by: evaluator, next: nil).completions[0]
  }

  /// `complete(_:result:by:)` whichever submission the task belongs to.
  public func complete(
    _ task: TaskID, result: String, by evaluator: String = "e"
  ) throws(StoreError) -> Completion {
    try complete(Claim(task: task, submission: nil), result: result, by: evaluator)
  }
}
