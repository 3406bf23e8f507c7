import Logging
import RunPlan
import RunQueue

/// One worker of an evaluator: claims a task, has its episode played, delivers the return and takes the
/// next task in the same call.
///
/// A value: a step that is begun again from a copy asks the store and the player for the same things.
public struct EvaluatorSlot {
  /// What a step did.
  public enum Outcome: Sendable, Hashable {
    /// No task was pending.
    case idle
    /// Tasks are pending that this evaluator leaves to others.
    case leftToOthers
    /// A task was done; what became of its result.
    case delivered(TaskID, Completion)
    /// A task was given back, since its iteration is over.
    case released(TaskID)
    /// A task was given back, since this machine cannot run any task of its run; others of it are left
    /// to other evaluators for `EvaluatorSlot.patience` seconds.
    case refused(TaskID, reason: String)
  }

  private let name: String
  private let store: any EvaluatorStore
  private let makePlayer: EpisodePlayerMaker
  private let observer: (any SlotObserver)?
  private let lease: Double
  private let logger: Logger
  private let clock: @Sendable () -> Double
  /// What it has read of the runs that it last worked on, the latest last.
  private var caches: [RunCache] = []
  /// The task that came with the last delivery.
  private var next: Claim?
  private var refusals: [RunID: Refusal] = [:]

  /// A submission whose tasks are left to others until `end`.
  private struct Refusal {
    var submission: String
    var end: Double
  }

  /// Seconds after which a run that could not be run is tried again.
  public static let patience = 30.0

  /// Runs of which it keeps what it has read: those of a queue take turns.
  static let keptRuns = 32
  /// Numbers that it keeps of all but the latest run, some 32 MB.
  static let keptNumbers = 4_000_000

  /// A slot of the evaluator `name`, whose tasks stay with it for `lease` seconds without a renewal.
  ///
  /// - Parameters:
  ///   - name: the evaluator's, unique in the queue.
  ///   - store: the queue.
  ///   - lease: seconds.
  ///   - logger: told of evaluations that fail and of runs that this machine cannot run.
  ///   - observer: told of what it does.
  ///   - clock: seconds by which it leaves runs that it cannot run to others.
  ///   - player: makes what plays a run's episodes.
  public init(
    name: String, store: any EvaluatorStore, lease: Double, logger: Logger,
    observer: (any SlotObserver)? = nil,
    clock: @escaping @Sendable () -> Double = Uptime.seconds, player: @escaping EpisodePlayerMaker
  ) {
    self.clock = clock
    self.name = name
    self.store = store
    makePlayer = player
    self.observer = observer
    self.lease = lease
    self.logger = logger
  }

  /// Evaluates one task if one is pending.
  ///
  /// What it has read of a run is read anew after an error of the store.
  public mutating func step() throws(StoreError) -> Outcome {
    do {
      return try work()
    } catch {
      forget()
      throw error
    }
  }

  /// Gives back a task that this machine cannot run.
  private mutating func refuse(_ claim: Claim, reason: String) throws(StoreError) -> Outcome {
    leave(claim, reason: reason)
    try store.release([claim.task], by: name)
    return .refused(claim.task, reason: reason)
  }

  /// Leaves the tasks of a claim's run to others for a while, and says so.
  private mutating func leave(_ claim: Claim, reason: String) {
    let run = claim.task.iteration.run
    logger.error(
      "this machine cannot run it, its tasks are left to others",
      metadata: ["run": "\(run)", "reason": "\(reason)", "for": "\(Self.patience) s"])
    refusals[run] = Refusal(
      submission: claim.submission ?? "", end: clock() + Self.patience)
    observer?.cannotRun(run, reason: reason)
  }

  /// Forgets what it has read, since the store may have lost or replaced it.
  public mutating func forget() { caches = [] }

  /// Gives back the task that came with the last delivery, if one did.
  public mutating func handBack() throws(StoreError) {
    guard let next else { return }
    self.next = nil
    try store.release([next.task], by: name)
  }

  /// The submissions whose tasks are left to others at this moment.
  private mutating func refused() -> [RunID: String] {
    let now = clock()
    refusals = refusals.filter { $0.value.end > now }
    return refusals.mapValues(\.submission)
  }

  private mutating func claim() throws(StoreError) -> Claimed {
    if let next {
      self.next = nil
      return .task(next)
    }
    return try store.claim(by: name, lease: lease, except: refused())
  }

  private mutating func work() throws(StoreError) -> Outcome {
    let claim: Claim
    switch try self.claim() {
    case .nothing: return .idle
    case .leftToOthers: return .leftToOthers
    case .task(let found): claim = found
    }
    let task = claim.task
    observer?.began(task)
    defer { observer?.ended(task) }
    let result: EvaluationResult
    let completion: Completion
    do {
      guard let found = try evaluate(claim) else {
        try store.release([task], by: name)
        return .released(task)
      }
      result = found
      let receipt = try store.deliver(
        result.text, of: claim, by: name, next: NextClaim(lease: lease, except: refused()))
      completion = receipt.completion
      next = receipt.next?.claim
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      return try refuse(claim, reason: (error as? CannotRun)?.reason ?? "\(error)")
    }
    switch completion {
    case .stale:
      if !caches.isEmpty { caches[caches.count - 1].forgetProgress() }
    case .overruled: leave(claim, reason: "others finish what fails here: \(result.reason ?? "")")
    case .accepted, .completedIteration, .duplicate, .doubted: break
    }
    if result.episode != nil { observer?.runs(task.iteration.run) }
    observer?.delivered(result)
    logger.trace("evaluated", metadata: ["task": "\(task)", "completion": "\(completion)"])
    return .delivered(task, completion)
  }

  /// The result of a task; nil if its iteration is over, so that nobody needs it any more.
  ///
  /// Throws `CannotRun` where this machine has no result to give.
  private mutating func evaluate(_ claim: Claim) throws -> EvaluationResult? {
    let task = claim.task
    do {
      // Taken out while it changes, so that nothing in it is copied.
      guard var cache = try takeCache(for: claim) else { return nil }
      defer { keep(cache) }
      return try cache.play(task, store: store).map { .finished($0) }
    } catch let error as StoreError {
      throw error
    } catch let error as CannotRun {
      throw error
    } catch {
      logger.error("evaluation failed", metadata: ["task": "\(task)", "reason": "\(error)"])
      return .failed(String("\(error)".map { $0 == "\n" ? " " : $0 }))
    }
  }
}

extension EvaluatorSlot {
  /// What the slot keeps of the claim's run, made anew if it has not worked on this submission lately.
  private mutating func takeCache(for claim: Claim) throws -> RunCache? {
    let run = claim.task.iteration.run
    if let index = caches.lastIndex(where: { $0.run == run }) {
      let cache = caches.remove(at: index)
      if cache.serves(claim) { return cache }
    }
    return try RunCache(claim, store: store, player: makePlayer)
  }

  /// Keeps what was read of the latest run, and of others as far as there is room.
  private mutating func keep(_ cache: RunCache) {
    caches.append(cache)
    var room = Self.keptNumbers
    let first = caches.indices.dropLast().reversed().prefix(Self.keptRuns - 1).prefix {
      room -= caches[$0].size
      return room >= 0
    }.last
    caches.removeFirst(first ?? caches.count - 1)
  }
}

/// Told what a slot holds and has done, from the slot's thread.
public protocol SlotObserver: Sendable {
  /// The slot holds `task` from now on.
  func began(_ task: TaskID)
  /// The slot no longer holds `task`.
  func ended(_ task: TaskID)
  /// The store has taken a result, whether or not it was the first.
  func delivered(_ result: EvaluationResult)
  /// This machine cannot run any task of `run`.
  func cannotRun(_ run: RunID, reason: String)
  /// A task of `run` was played, so this machine can run it.
  func runs(_ run: RunID)
}
