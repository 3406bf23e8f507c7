import Logging
import RunPlan
import RunQueue

/// One worker of an evaluator: claims a task, has its episode played, delivers the return.
///
/// A value: a step that is begun again from a copy asks the store and the player for the same things.
public struct EvaluatorSlot {
  /// What a step did.
  public enum Outcome: Sendable, Hashable {
    /// No task was pending.
    case idle
    /// A task was done; what became of its result.
    case delivered(TaskID, Completion)
    /// A task was given back, since its iteration is over.
    case released(TaskID)
  }

  private let name: String
  private let store: any EvaluatorStore
  private let makePlayer: EpisodePlayerMaker
  private let observer: (any SlotObserver)?
  private let lease: Double
  private let logger: Logger
  private var cache: RunCache?

  /// A slot of the evaluator `name`, whose tasks stay with it for `lease` seconds without a renewal.
  public init(
    name: String, store: any EvaluatorStore, lease: Double, logger: Logger,
    observer: (any SlotObserver)? = nil, player: @escaping EpisodePlayerMaker
  ) {
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

  /// Forgets what it has read, since the store may have lost or replaced it.
  public mutating func forget() { cache = nil }

  private mutating func work() throws(StoreError) -> Outcome {
    guard let claim = try store.claim(by: name, lease: lease, except: [:]) else { return .idle }
    let task = claim.task
    observer?.began(task)
    defer { observer?.ended(task) }
    guard let result = try evaluate(claim) else {
      try store.release([task], by: name)
      return .released(task)
    }
    let completion = try store.complete(claim, result: result.text)
    if completion == .stale { cache?.forgetProgress() }
    observer?.delivered(result)
    logger.trace("evaluated", metadata: ["task": "\(task)", "completion": "\(completion)"])
    return .delivered(task, completion)
  }

  /// The result of a task; nil if its iteration is over, so that nobody needs it any more.
  private mutating func evaluate(_ claim: Claim) throws(StoreError) -> EvaluationResult? {
    let task = claim.task
    do {
      // Taken out while it changes, so that nothing in it is copied.
      guard var cache = try takeCache(for: claim) else { return nil }
      defer { self.cache = cache }
      return try cache.play(task, store: store).map { .finished($0) }
    } catch let error as StoreError {
      throw error
    } catch {
      logger.error("evaluation failed", metadata: ["task": "\(task)", "reason": "\(error)"])
      return .failed(String("\(error)".map { $0 == "\n" ? " " : $0 }))
    }
  }
}

extension EvaluatorSlot {
  /// What the slot keeps of the claim's run, made anew if it last worked on another submission.
  private mutating func takeCache(for claim: Claim) throws -> RunCache? {
    defer { cache = nil }
    if let cache, cache.serves(claim) { return cache }
    return try RunCache(claim, store: store, player: makePlayer)
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
}
