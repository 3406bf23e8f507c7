/// The fields of one hash, as text.
public typealias Fields = [String: String]

/// The hashes that belong to one run.
public enum RunHash: String, Sendable, CaseIterable {
  /// The run's configuration, written once.
  case config
  /// Phase, iteration in progress, number of evaluations it expects, message.
  case state
  /// Shared weights, biases, observation statistics at the start of the iteration in progress.
  case weights
  /// The batch of partitions in use and the rewards they have reached.
  case partitions
  /// Controller parameters θ, best policies so far.
  case checkpoint
}

/// What the ring keeps between processes: three lists and a few hashes.
///
/// Every mutating call is atomic. Times are the store's own, in seconds. Two implementations exist,
/// `RedisRunStore` and `InMemoryRunStore`; one conformance suite runs against both.
public protocol RunStore: Sendable {
  // MARK: Runs, for operators

  /// Accepts a new run and announces it to the controller with the update `<run> -1`.
  func submit(_ run: RunID, config: Fields) throws(StoreError)
  /// All runs of the queue and their phases.
  func runs() throws(StoreError) -> [RunID: RunPhase]
  /// Pauses a running run after its current iteration, or holds a submitted one.
  func pause(_ run: RunID) throws(StoreError)
  /// Continues a paused run where it stopped.
  func resume(_ run: RunID) throws(StoreError)
  /// Ends a run; its pending tasks are dropped when claimed.
  func cancel(_ run: RunID) throws(StoreError)
  /// Ends a run that cannot go on, for any service that finds out; no effect on a run that is over.
  ///
  /// Its messages are dropped when somebody next looks at them.
  func fail(_ run: RunID, message: String) throws(StoreError)
  /// All fields of one of the run's hashes; empty if it does not exist.
  func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields
  /// The named fields of one of the run's hashes, nil where absent.
  func fields(_ names: [String], in hash: RunHash, of run: RunID) throws(StoreError) -> [String?]
  /// History lines from number `start` on.
  func history(of run: RunID, from start: Int) throws(StoreError) -> [String]
  /// Lengths of the queue's lists and hashes, and the evaluators that sent a heartbeat.
  func overview() throws(StoreError) -> QueueOverview

  // MARK: Tasks, for evaluators

  /// Waits up to `timeout` seconds until a task is pending; false if none came.
  func waitForTasks(timeout: Double) throws(StoreError) -> Bool
  /// Takes the oldest pending task of a run that is still going, under a lease of `seconds`.
  ///
  /// Tasks of cancelled, failed or unknown runs and of past iterations are dropped on the way.
  func claim(by evaluator: String, lease seconds: Double) throws(StoreError) -> TaskID?
  /// Delivers the result of a task; the first result of a task counts, whoever holds the lease.
  ///
  /// The last missing result of an iteration announces it on the results list.
  func complete(_ task: TaskID, result: String) throws(StoreError) -> Completion
  /// Extends the leases the evaluator still holds on `tasks`; returns those it no longer holds.
  ///
  /// A lease on a task that no longer counts (cancelled run, past iteration) ends here.
  func renew(_ tasks: [TaskID], by evaluator: String, lease seconds: Double)
    throws(StoreError) -> [TaskID]
  /// Gives claimed tasks back to the head of the queue without counting an attempt.
  func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError)
  /// Publishes that an evaluator lives; `status` is a JSON object (slots, rate, version…).
  func heartbeat(_ evaluator: String, status: String) throws(StoreError)
  /// Removes an evaluator that has ended and gives the tasks it still holds back to the queue.
  func leave(_ evaluator: String) throws(StoreError)

  // MARK: Leadership, for controllers and aggregators

  /// Gives `name` the lead in a role for `seconds`, or more time in it, unless another one holds it;
  /// returns who leads now.
  func lead(_ role: LeaderRole, as name: String, lease seconds: Double) throws(StoreError) -> Leader
  /// Gives the lead back at once; no effect unless `name` leads.
  func resign(_ role: LeaderRole, as name: String) throws(StoreError)
  /// Who leads in a role, nil if nobody does.
  func leader(of role: LeaderRole) throws(StoreError) -> Leader?

  // MARK: Reductions, for the aggregator

  /// Waits up to `timeout` seconds for a complete iteration and looks at it without removing it.
  ///
  /// Messages of runs that are over or past the iteration are dropped on the way. The wait may end
  /// early with nil, when only such messages came.
  func nextResult(timeout: Double) throws(StoreError) -> IterationID?
  /// All results of an iteration by index.
  func results(of iteration: IterationID) throws(StoreError) -> [Int: String]
  /// Replaces the head of the results list by its effects, in one step.
  ///
  /// Returns false, without effects other than dropping a stale message, if the message is no longer
  /// at the head or the run is no longer in that iteration; and false, without any effect, if
  /// `leader` has a name and is not the aggregator that leads.
  func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool
  /// Returns tasks with expired leases to the queue; those that expired `attempts` times are
  /// recorded with the result `failed lost <n> times, last by <evaluator>` and listed as dead.
  ///
  /// Evaluators silent for longer than `QueueOverview.forgetsEvaluatorAfter` are forgotten.
  func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask]

  /// Queues a run's tasks a second time that nobody delivered within `seconds` of their claim, when
  /// no other task of the run is pending; the first result of a task counts.
  ///
  /// Their leases stay. Returns the tasks, the longest awaited first; each again after `seconds`.
  func issueBackups(of run: RunID, after seconds: Double) throws(StoreError) -> [TaskID]

  // MARK: Publications, for the controller

  /// Waits up to `timeout` seconds for a reduced iteration and looks at it without removing it.
  ///
  /// Messages of runs that are over are dropped on the way, those of paused runs parked until
  /// `resume`. The wait may end early with nil, when only such messages came.
  func nextUpdate(timeout: Double) throws(StoreError) -> IterationID?
  /// Replaces the head of the updates list by its effects, in one step; see `commit(_:of:by:)`.
  ///
  /// If the run was paused meanwhile, the update is parked until `resume` and this returns false.
  func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) throws(StoreError) -> Bool
  /// Ends a run (finished or failed) with `message`, consuming `update`; fenced as `publish` is.
  func end(
    _ update: IterationID, phase: RunPhase, message: String, by leader: String?
  ) throws(StoreError) -> Bool
}

/// The effects of reducing an iteration.
public struct Reduction: Sendable, Hashable {
  /// If not nil, replaces the run's weights hash.
  public var weights: Fields?
  /// Set in the run's partitions hash (rewards).
  public var partitions: Fields
  /// Set in the run's checkpoint hash (best policies).
  public var checkpoint: Fields
  /// If not nil, appended to the run's history: one line of JSON.
  public var history: String?

  /// Effects with the given parts.
  public init(
    weights: Fields?, partitions: Fields, checkpoint: Fields, history: String?
  ) {
    self.weights = weights
    self.partitions = partitions
    self.checkpoint = checkpoint
    self.history = history
  }
}

/// The effects of publishing the next iteration.
public struct Publication: Sendable, Hashable {
  /// Number of evaluations, at least 1, which get the indices 0..<`taskCount` in this order.
  public var taskCount: Int
  /// If not nil, replaces the run's weights hash (first iteration).
  public var weights: Fields?
  /// If not nil, replaces the run's partitions hash (a new batch).
  public var partitions: Fields?
  /// Set in the run's checkpoint hash.
  public var checkpoint: Fields

  /// Effects with the given parts.
  public init(taskCount: Int, weights: Fields?, partitions: Fields?, checkpoint: Fields) {
    precondition(taskCount > 0)
    self.taskCount = taskCount
    self.weights = weights
    self.partitions = partitions
    self.checkpoint = checkpoint
  }
}

/// What became of a delivered result.
public enum Completion: Sendable, Hashable {
  /// It was the first and counts.
  case accepted
  /// It was the first and completed its iteration.
  case completedIteration
  /// An earlier result of the same task counts.
  case duplicate
  /// The run is over or past this iteration.
  case stale
}

/// A task whose lease expired.
public struct ReapedTask: Sendable, Hashable {
  /// The task.
  public var task: TaskID
  /// Who held it.
  public var evaluator: String
  /// How often it has been leased and lost.
  public var attempt: Int
  /// Whether it was given up and recorded as failed.
  public var isDead: Bool

  /// A reaped task with the given parts.
  public init(task: TaskID, evaluator: String, attempt: Int, isDead: Bool) {
    self.task = task
    self.evaluator = evaluator
    self.attempt = attempt
    self.isDead = isDead
  }
}

/// What stands in a queue.
public struct QueueOverview: Sendable, Hashable {
  /// An evaluator as its last heartbeat described it.
  public struct Evaluator: Sendable, Hashable {
    /// Its name, unique in the queue.
    public var name: String
    /// The JSON object it sent.
    public var status: String
    /// Seconds since then, by the store's clock.
    public var age: Double

    /// An evaluator with the given parts.
    public init(name: String, status: String, age: Double) {
      self.name = name
      self.status = status
      self.age = age
    }
  }

  /// Seconds of silence after which an evaluator is no longer listed.
  public static let forgetsEvaluatorAfter = 300

  /// Tasks waiting for an evaluator.
  public var pending: Int
  /// Tasks in flight.
  public var leased: Int
  /// Iterations waiting for the aggregator.
  public var results: Int
  /// Iterations waiting for the controller.
  public var updates: Int
  /// Tasks given up.
  public var dead: Int
  /// Evaluators whose heartbeat the store still has, by name.
  public var evaluators: [Evaluator]

  /// An overview with the given parts.
  public init(
    pending: Int, leased: Int, results: Int, updates: Int, dead: Int, evaluators: [Evaluator]
  ) {
    self.pending = pending
    self.leased = leased
    self.results = results
    self.updates = updates
    self.dead = dead
    self.evaluators = evaluators
  }
}
