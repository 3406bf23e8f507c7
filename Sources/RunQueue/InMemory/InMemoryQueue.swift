/// The contents of an in-memory queue: a value with one method per script of the Redis store.
struct InMemoryQueue {
  struct Lease: Hashable {
    var evaluator: String
    var expiry: Double
    var attempt: Int
    /// The moment from which the task is awaited.
    var since: Double
  }

  struct Lead: Hashable {
    var name: String
    var expiry: Double
  }

  struct Heartbeat: Hashable {
    var status: String
    var seen: Double
  }

  struct Run {
    var phase = RunPhase.submitted
    var iteration = -1
    var expected = 0
    var message = ""
    /// What identifies the submission among others of the same name.
    var submission = ""
    var parked: IterationID?
    var hashes: [RunHash: Fields]
    var returns: [Int: String] = [:]
    var lost: [Int: Int] = [:]
    var failures = Failures()
    var history: [String] = []

    func isCurrent(_ task: TaskID) -> Bool {
      isEvaluating(task.iteration.iteration) && task.index < expected
    }

    func isEvaluating(_ iteration: Int) -> Bool {
      !phase.isOver && phase != .suspended && self.iteration == iteration && expected > 0
    }

    func hasReduced(_ iteration: Int) -> Bool {
      !phase.isOver && self.iteration == iteration && expected == 0
    }

    /// The state hash as the Redis store writes it.
    var state: Fields {
      var state = [
        "phase": phase.rawValue, "iteration": String(iteration), "expected": String(expected),
        "message": message, Submission.field: submission,
      ]
      state["parked"] = parked.map { "\($0)" }
      return state
    }
  }

  /// Who failed what of the iteration in progress.
  struct Failures: Hashable {
    /// By index, the evaluator that failed it first.
    var first: [Int: String] = [:]
    /// Evaluators of which another one has finished what they had failed.
    var overruled: Set<String> = []
    /// The last recorded failure's reason.
    var last: String?

    mutating func forgetVotes() { first = [:] }
  }

  var tasks = TaskList()
  var results: ArraySlice<IterationID> = []
  var updates: ArraySlice<IterationID> = []
  var leases: [TaskID: Lease] = [:]
  var dead: [String] = []
  var evaluators: [String: Heartbeat] = [:]
  /// Evaluators that are to begin nothing.
  var drained: Set<String> = []
  var leaders: [LeaderRole: Lead] = [:]
  var runs: [RunID: Run] = [:]
  /// The configurations of runs that were forgotten.
  var forgotten: [RunID: Fields] = [:]
  /// No lease ends and no task is awaited since before these moments, so that looking for what is
  /// late costs nothing while nothing can be.
  var firstExpiry = -Double.infinity
  var firstSince = -Double.infinity
  /// When leases were last looked at; the clock may have gone back since.
  var lastMoment = -Double.infinity

  /// The longest that a lease or a lead is given for; an expiry further ahead has expired.
  static let longest = 60.0

  /// Whether the queue's run of that name is the submission that was asked for; nil asks for any.
  func isSubmission(_ mark: String?, of run: RunID) -> Bool {
    mark == nil || runs[run]?.submission == mark
  }

  func isCurrent(_ task: TaskID) -> Bool {
    runs[task.iteration.run]?.isCurrent(task) ?? false
  }
}
