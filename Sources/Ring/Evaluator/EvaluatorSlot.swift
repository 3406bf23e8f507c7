import Logging
import RunPlan
import RunQueue

/// One worker of an evaluator: claims tasks, has their episodes played, delivers the returns and takes the
/// next tasks in the same call.
///
/// Where episodes are short beside a call to the queue, several are claimed and delivered at once (`BundleSize`).
/// What was played stays with the slot until it is delivered, whatever the store meets in between.
///
/// A value: a step that is begun again from a copy asks the store and the player for the same things.
public struct EvaluatorSlot {
  /// What a step did.
  public enum Outcome: Sendable, Hashable {
    /// No task was pending.
    case idle
    /// Tasks are pending that this evaluator leaves to others.
    case leftToOthers
    /// A task was done; it is delivered with others that are claimed.
    case played(TaskID)
    /// A task was done, the last of those claimed, and all were delivered; what became of its result.
    case delivered(TaskID, Completion)
    /// A task was given back with all others of its iteration, which is over.
    case released(TaskID)
    /// A task was given back with all others of its run, since this machine cannot run any of them; those that are
    /// pending are left to other evaluators for `EvaluatorSlot.patience` seconds.
    case refused(TaskID, reason: String)
  }

  private let name: String
  private let store: any EvaluatorStore
  private let makePlayer: EpisodePlayerMaker
  private let observer: (any SlotObserver)?
  private let lease: Double
  private let slots: Int
  private let logger: Logger
  private let clock: @Sendable () -> Double
  private var bundle: BundleSize
  /// What it has read of the runs that it last worked on, the latest last.
  private var caches: [RunCache] = []
  /// What is claimed and not yet played, in the order of the queue.
  private var claims: ArraySlice<Claim> = []
  /// What is played and not yet delivered.
  private var played: [Played] = []
  /// When the first of `played` was begun.
  private var start = 0.0
  private var refusals: [RunID: Refusal] = [:]

  /// A task with its result.
  private struct Played {
    let claim: Claim
    let result: EvaluationResult
    var text: TaskResult { TaskResult(result.text, of: claim) }
  }

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
  ///   - slots: how many the evaluator has, among which it shares what is pending.
  ///   - bundle: how many tasks it takes at once.
  ///   - observer: told of what it does.
  ///   - clock: seconds by which it leaves runs that it cannot run to others.
  ///   - player: makes what plays a run's episodes.
  public init(
    name: String, store: any EvaluatorStore, lease: Double, logger: Logger, slots: Int = 1,
    bundle: BundleSize = .fixed(1), observer: (any SlotObserver)? = nil,
    clock: @escaping @Sendable () -> Double = Uptime.seconds, player: @escaping EpisodePlayerMaker
  ) {
    self.clock = clock
    self.name = name
    self.store = store
    makePlayer = player
    self.observer = observer
    self.lease = lease
    self.slots = slots
    self.bundle = bundle
    self.logger = logger
  }

  /// Evaluates one task if one is pending, and delivers the last of a bundle with the others.
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

  /// Gives back all that is claimed of a run that this machine cannot run.
  private mutating func refuse(_ claim: Claim, reason: String) throws(StoreError) -> Outcome {
    leave(claim, reason: reason)
    let run = claim.task.iteration.run
    try release { $0.task.iteration.run == run }
    return .refused(claim.task, reason: reason)
  }

  /// Gives claimed tasks back that are not played.
  private mutating func release(_ isReleased: (Claim) -> Bool) throws(StoreError) {
    let tasks = claims.filter(isReleased).map(\.task)
    if tasks.isEmpty { return }
    try store.release(tasks, by: name)
    claims.removeAll(where: isReleased)
    for task in tasks { observer?.ended(task) }
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

  /// Delivers what is played, gives back what is claimed, and takes nothing.
  public mutating func handBack() throws(StoreError) {
    while !played.isEmpty { _ = try deliver(andClaim: false) }
    try release { _ in true }
  }

  /// The submissions whose tasks are left to others at this moment.
  private mutating func refused() -> [RunID: String] {
    let now = clock()
    refusals = refusals.filter { $0.value.end > now }
    return refusals.mapValues(\.submission)
  }

  /// What the next tasks are asked for with.
  private mutating func request() -> ClaimRequest {
    ClaimRequest(lease: lease, except: refused(), most: bundle.count, slots: slots)
  }

  /// Takes what was claimed.
  private mutating func take(_ claimed: Claimed?) {
    let found = claimed?.claims ?? []
    for claim in found { observer?.began(claim.task) }
    claims += found
  }

  private mutating func work() throws(StoreError) -> Outcome {
    if claims.isEmpty, !played.isEmpty { return try deliver() }
    if claims.isEmpty {
      let claimed = try store.claim(by: name, request())
      take(claimed)
      if claims.isEmpty { return claimed == .leftToOthers ? .leftToOthers : .idle }
    }
    let claim = claims[claims.startIndex]
    let begun = clock()
    if played.isEmpty { start = begun }
    do {
      guard let result = try evaluate(claim) else {
        try release { $0.task.iteration == claim.task.iteration }
        return .released(claim.task)
      }
      claims.removeFirst()
      played.append(Played(claim: claim, result: result))
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      return try refuse(claim, reason: (error as? CannotRun)?.reason ?? "\(error)")
    }
    let now = clock()
    bundle.evaluated(in: now - begun)
    // Tasks that take longer than those before: others may have what is left.
    if !claims.isEmpty, now - start > BundleSize.longest { try release { _ in true } }
    if !claims.isEmpty { return .played(claim.task) }
    return try deliver()
  }

  /// Delivers all that is played, up to what cannot be recorded, and takes the next tasks; the outcome of the last.
  private mutating func deliver(andClaim claims: Bool = true) throws(StoreError) -> Outcome {
    let begun = clock()
    let receipt: Receipt
    do throws(StoreError) {
      receipt = try store.deliver(
        played.map(\.text), by: name, next: claims ? request() : nil)
    } catch {
      doubtFailures()
      throw error
    }
    bundle.called(for: clock() - begun)
    let delivered = Array(zip(played, receipt.completions))
    played.removeFirst(delivered.count)
    for (played, completion) in delivered { note(played, completion) }
    take(receipt.next)
    if let damage = receipt.damage, let first = played.first {
      guard damage.concernsOneRun else { throw damage }
      // Its result is lost with the run that cannot take it; the others' are delivered with the next step.
      played.removeFirst()
      observer?.ended(first.claim.task)
      try store.release([first.claim.task], by: name)
      return try refuse(first.claim, reason: "\(damage)")
    }
    guard let (last, completion) = delivered.last else { return .idle }
    return .delivered(last.claim.task, completion)
  }

  /// Forgets failures whose delivery may have had its effect: a second one of the same play would count as a second
  /// try. Their tasks come back with their leases.
  private mutating func doubtFailures() {
    for failed in played where failed.result.episode == nil { observer?.ended(failed.claim.task) }
    played.removeAll { $0.result.episode == nil }
  }

  /// Learns what became of a result.
  private mutating func note(_ played: Played, _ completion: Completion) {
    let task = played.claim.task
    observer?.ended(task)
    switch completion {
    case .stale:
      let run = task.iteration.run
      for place in caches.indices where caches[place].run == run {
        caches[place].forgetProgress()
      }
    case .overruled:
      leave(
        played.claim, reason: "others finish what fails here: \(played.result.reason ?? "")")
    case .accepted, .completedIteration, .duplicate, .doubted: break
    }
    if played.result.episode != nil { observer?.runs(task.iteration.run) }
    observer?.delivered(played.result)
    logger.trace("evaluated", metadata: ["task": "\(task)", "completion": "\(completion)"])
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
      let ahead = claims.lazy.map(\.task).filter { $0.iteration == task.iteration }
      return try cache.play(task, ahead: Array(ahead), store: store).map { .finished($0) }
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
