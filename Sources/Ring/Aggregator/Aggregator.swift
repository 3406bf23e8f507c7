import Logging
import RunPlan
import RunQueue

/// The aggregator: looks at a complete iteration, reads what its reduction needs, reduces it, commits.
///
/// It remembers how long the episodes of iterations take, which decides nothing but when a slow evaluation
/// is issued a second time; the results in place tell it anew. And what finalists' files say, for the next
/// iteration that holds the very same. While it waits it draws the directions of the iterations to come
/// and reads the results that are there already.
public struct Aggregator {
  /// How often a task may be leased and lost before it is recorded as failed.
  static let leaseAttempts = 5
  /// How many looks a wait holds while results are read that are there already.
  static let looksInAWait = 8

  private let store: any AggregatorStore
  private let logger: Logger
  private let lead: Lead?
  private var rolloutTimes = RolloutTimes()
  private var finalists: [RunID: Finalists] = [:]
  private var ahead = DirectionsAhead()
  private var early = EarlyResults()
  private var standstills: StandstillWatch

  /// An aggregator for every run of the queue in `store`.
  ///
  /// - Parameters:
  ///   - store: the queue.
  ///   - logger: told of runs that fail and of what was issued again.
  ///   - lead: the lead without which nothing is committed; nil if there is no other.
  ///   - clock: seconds by which it looks after runs that stand still.
  public init(
    store: any AggregatorStore, logger: Logger, lead: Lead? = nil,
    clock: @escaping @Sendable () -> Double = Uptime.seconds
  ) {
    self.store = store
    self.logger = logger
    self.lead = lead
    standstills = StandstillWatch(clock: clock)
  }

  /// Reduces one iteration if one completes within `timeout` seconds, after returning expired leases.
  public mutating func step(timeout: Double) throws(StoreError) {
    try rolloutTimes.recall(from: store)
    try issueBackups()
    try reap()
    try reissueVanished()
    guard let iteration = try awaitResult(timeout: timeout) else { return }
    let submission = try store.fields([Submission.field], in: .state, of: iteration.run)[0] ?? ""
    do {
      let material = try IterationMaterial(
        iteration, of: submission, from: store, known: finalists[iteration.run] ?? Finalists()
      ) { early.take(iteration, of: submission, $0) }
      rolloutTimes.note(material)
      note(material)
      if let reason = material.failureOfAll { return try suspend(material, reason: reason) }
      let drawn = ahead.take(iteration.iteration, of: iteration.run, material.configuration)
      let committed = try store.commit(
        material.reduction(drawn: drawn), of: iteration, by: lead?.name)
      if committed {
        prepare(after: material)
      } else {
        lead?.doubt()
      }
      logger.debug(
        committed ? "reduced" : "already reduced", metadata: ["iteration": "\(iteration)"])
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      // Reads that another aggregator's commit overtook fit together in nothing; only an error
      // found while the iteration still stands is the run's own.
      guard try store.nextResult(timeout: 0) == iteration else { return }
      try fail(iteration, of: submission, reason: "\(error)")
    }
  }

  /// The complete iteration that comes within `timeout` seconds; the time until then is used.
  private mutating func awaitResult(timeout: Double) throws(StoreError) -> IterationID? {
    if ahead.isUnfinished {
      if let iteration = try store.nextResult(timeout: 0) { return iteration }
      ahead.draw()
      return nil
    }
    let looks = early.isExpecting ? Self.looksInAWait : 1
    for _ in 0..<looks {
      if let iteration = try store.nextResult(timeout: timeout / Double(looks)) { return iteration }
      try early.read(from: store)
    }
    return nil
  }

  /// Begins with what the next iteration's reduction needs, unless that compares finalists.
  private mutating func prepare(after material: IterationMaterial) {
    let (iteration, configuration) = (material.iteration, material.configuration)
    let next = iteration.iteration + 1
    guard next < configuration.iterations else { return }
    ahead.begin(next, of: iteration.run, configuration)
    early.begin(
      IterationID(run: iteration.run, iteration: next), of: material.submission, configuration)
  }

  /// Keeps the finalists of the last few runs.
  private mutating func note(_ material: IterationMaterial) {
    if finalists.count >= 8, finalists[material.iteration.run] == nil { finalists = [:] }
    finalists[material.iteration.run] = material.finalists
  }

  private func issueBackups() throws(StoreError) {
    for (run, seconds) in rolloutTimes.patience.sorted(by: { $0.key < $1.key }) {
      for task in try store.issueBackups(of: run, after: seconds) {
        logger.notice(
          "evaluation takes long, issued a second time",
          metadata: ["task": "\(task)", "after": "\(seconds) s"])
      }
    }
  }

  private func reap() throws(StoreError) {
    for reaped in try store.reapExpiredLeases(attempts: Self.leaseAttempts) {
      logger.warning(
        reaped.isDead ? "task given up" : "lease expired, task queued again",
        metadata: [
          "task": "\(reaped.task)", "evaluator": "\(reaped.evaluator)",
          "attempt": "\(reaped.attempt)",
        ])
    }
  }

  private mutating func reissueVanished() throws(StoreError) {
    for (run, finding) in try standstills.look(at: store) {
      switch finding {
      case .issued(let what):
        logger.warning(
          "stood still for lack of a message, which was issued again",
          metadata: ["run": "\(run)", "issued": "\(what)"])
      case .damaged(let error, let submission):
        logger.error("run failed", metadata: ["run": "\(run)", "reason": "\(error)"])
        try store.fail(run, of: submission, message: "\(error)")
      }
    }
  }

  /// Holds a run of which every evaluation failed: going on would burn its iterations.
  private func suspend(_ material: IterationMaterial, reason: String) throws(StoreError) {
    let iteration = material.iteration
    let message =
      "every evaluation of iteration \(iteration.iteration) failed: \(reason.prefix(300))"
    let suspended = try store.suspend(
      iteration, of: material.submission, message: message, by: lead?.name)
    guard suspended else {
      lead?.doubt()
      return
    }
    logger.error("run suspended", metadata: ["run": "\(iteration.run)", "reason": "\(message)"])
  }

  /// Ends a run that cannot go on, so that it does not hold up the others.
  private func fail(
    _ iteration: IterationID, of submission: String, reason: String
  ) throws(StoreError) {
    logger.error("run failed", metadata: ["iteration": "\(iteration)", "reason": "\(reason)"])
    try store.fail(iteration.run, of: submission, message: reason)
  }
}
