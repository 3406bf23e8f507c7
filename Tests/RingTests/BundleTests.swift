import Logging
import RingTestKit
import RunPlan
import Synchronization
import Testing

@testable import Ring
@testable import RunQueue

/// A slot that takes several tasks at once: the same bytes, and nothing is lost.
@Suite struct BundleTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// A ring whose first iteration is published.
  private func published(
    _ configuration: RunConfiguration = InProcessRing.smallConfiguration()
  ) throws -> InProcessRing {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    return ring
  }

  private func slot(
    _ store: any EvaluatorStore, bundle: Int, observer: Observer? = nil,
    clock: VirtualClock = VirtualClock(), seconds: Double = 0
  ) -> EvaluatorSlot {
    EvaluatorSlot(
      name: "e", store: store, lease: 10, logger: quiet, bundle: .fixed(bundle),
      observer: observer, clock: { clock.now }
    ) { configuration in
      let player = try UntimedPlayer.maker()(configuration)
      return { request in
        clock.advance(seconds)
        return try player(request)
      }
    }
  }

  @Test(arguments: [2, 3, 8], [1, 3])
  func `how many tasks are taken at once leaves no trace in the bytes`(
    bundle: Int, evaluators: Int
  ) throws {
    let configuration = InProcessRing.smallConfiguration()
    let reference = try InProcessRing.outcome(configuration, evaluators: 1)
    let ring = try InProcessRing(configuration, slots: evaluators, bundle: .fixed(bundle))
    try ring.finish()
    #expect(try ring.outcome(of: ring.run) == reference)
  }

  @Test func `a bundle is played one by one and delivered with the last`() throws {
    let ring = try published()
    let observer = Observer()
    var slot = slot(ring.store, bundle: 3, observer: observer)
    let tasks = (0..<3).map {
      TaskID(iteration: IterationID(run: ring.run, iteration: 0), index: $0)
    }
    #expect(try slot.step() == .played(tasks[0]))
    // What is played is still held: a heartbeat renews its lease until it is delivered.
    #expect(observer.held == Set(tasks))
    #expect(try slot.step() == .played(tasks[1]))
    #expect(try ring.store.resultCount(of: tasks[0].iteration) == 0)
    #expect(try slot.step() == .delivered(tasks[2], .accepted))
    #expect(try ring.store.resultCount(of: tasks[0].iteration) == 3)
    #expect(observer.held.isDisjoint(with: tasks) && observer.held.count == 3)
  }

  @Test func `what is played outlives an error of the store`() throws {
    let ring = try published()
    let store = FailingDeliveries(store: ring.store)
    var slot = slot(store, bundle: 3)
    store.fails.store(true, ordering: .relaxed)
    for _ in 0..<2 { _ = try slot.step() }
    for _ in 0..<3 { #expect(throws: StoreError.self) { try slot.step() } }
    store.fails.store(false, ordering: .relaxed)
    let last = TaskID(iteration: IterationID(run: ring.run, iteration: 0), index: 2)
    #expect(try slot.step() == .delivered(last, .accepted))
    #expect(try ring.store.resultCount(of: last.iteration) == 3)
  }

  @Test func `a failure whose delivery met an error is not delivered again`() throws {
    struct Momentary: Error {}
    let ring = try published()
    let store = FailingDeliveries(store: ring.store)
    let played = Atomic(0)
    var slot = EvaluatorSlot(
      name: "e", store: store, lease: 10, logger: quiet, bundle: .fixed(2)
    ) { configuration in
      let player = try UntimedPlayer.maker()(configuration)
      return { request in
        if played.add(1, ordering: .relaxed).newValue == 1 { throw Momentary() }
        return try player(request)
      }
    }
    store.failsAfterwards.store(true, ordering: .relaxed)
    _ = try slot.step()
    #expect(throws: StoreError.self) { try slot.step() }
    store.failsAfterwards.store(false, ordering: .relaxed)
    // The other result, which has been counted before its answer was lost.
    guard case .delivered(_, .duplicate) = try slot.step() else {
      Issue.record("not delivered again")
      return
    }
    // Nobody else is there: a second delivery of the failure would have been believed.
    #expect(try ring.store.lastFailure(of: ring.run) == nil)
  }

  @Test func `told to stop, a slot delivers what is played and gives back the rest`() throws {
    let ring = try published()
    let observer = Observer()
    let pending = try ring.store.overview().pending
    var slot = slot(ring.store, bundle: 4, observer: observer)
    for _ in 0..<2 { _ = try slot.step() }
    try slot.handBack()
    let overview = try ring.store.overview()
    #expect(overview.pending == pending - 2 && overview.leased == 0 && observer.held.isEmpty)
    let iteration = IterationID(run: ring.run, iteration: 0)
    #expect(try ring.store.resultCount(of: iteration) == 2)
  }

  @Test func `tasks that take longer than those before are left to others`() throws {
    let ring = try published()
    var slot = slot(ring.store, bundle: 4, seconds: 0.3)
    let first = TaskID(iteration: IterationID(run: ring.run, iteration: 0), index: 0)
    let pending = try ring.store.overview().pending
    #expect(try slot.step() == .delivered(first, .accepted))
    // The three others went back before the next four were taken.
    #expect(try ring.store.overview().pending == pending - 1 - 4)
    #expect(try ring.store.overview().leased == 4)
  }

  @Test func `an iteration that is over is given back whole`() throws {
    let ring = try published()
    var slot = slot(MovingOn(store: ring.store), bundle: 4)
    guard case .released = try slot.step() else {
      Issue.record("not released")
      return
    }
    #expect(try ring.store.overview().leased == 0)
  }

  @Test func `the partitions of a bundle are read at once`() throws {
    var configuration = InProcessRing.smallConfiguration()
    configuration.controller = .factorised
    let ring = try published(configuration)
    let store = CountedReads(store: ring.store)
    var slot = slot(store, bundle: 8)
    while store.deliveries.load(ordering: .relaxed) == 0 { _ = try slot.step() }
    #expect(store.partitions.load(ordering: .relaxed) == 1)
  }

  @Test func `the size follows what was measured`() {
    var size = BundleSize.measured(most: 32)
    #expect(size.count == 1, "nothing is known yet")
    size.called(for: 0.0001)
    size.evaluated(in: 0.02)
    #expect(size.count == 1, "calls are half a per cent")
    for _ in 0..<100 { size.evaluated(in: 0.0005) }
    #expect(size.count == 10, "a fiftieth of ten evaluations of half a millisecond")
    for _ in 0..<100 { size.evaluated(in: 1e-5) }
    #expect(size.count == 32)
    // A busy server, long episodes: no result waits for more than a quarter of a second.
    for _ in 0..<100 { size.called(for: 0.1) }
    for _ in 0..<100 { size.evaluated(in: 0.05) }
    #expect(size.count == 5)
    for _ in 0..<100 { size.evaluated(in: 3) }
    #expect(size.count == 1)
    for _ in 0..<100 { size.evaluated(in: 0) }
    #expect(size.count == 32, "a clock that stands still")
  }
}

/// Notes what a slot holds.
private final class Observer: SlotObserver, @unchecked Sendable {
  private(set) var held: Set<TaskID> = []
  func began(_ task: TaskID) { held.insert(task) }
  func ended(_ task: TaskID) { held.remove(task) }
  func delivered(_ result: EvaluationResult) {}
  func cannotRun(_ run: RunID, reason: String) {}
  func runs(_ run: RunID) {}
}

/// A store that cannot be reached by deliveries while it is told so.
private final class FailingDeliveries: PassingStore {
  let store: InMemoryRunStore
  let fails = Atomic(false)
  /// Whether a delivery has its effect and its answer is lost.
  let failsAfterwards = Atomic(false)

  init(store: InMemoryRunStore) { self.store = store }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    if fails.load(ordering: .relaxed) { throw .unreachable("the connection is lost") }
    let receipt = try store.deliver(results, by: evaluator, next: next)
    if failsAfterwards.load(ordering: .relaxed) { throw .unreachable("the answer is lost") }
    return receipt
  }
}

/// A store whose run is past the iteration as soon as its tasks are claimed.
private struct MovingOn: PassingStore {
  let store: InMemoryRunStore

  func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    let claimed = try store.claim(by: evaluator, request)
    try store.withQueue { queue in
      for run in queue.runs.keys {
        queue.runs[run]?.iteration = 1
        queue.runs[run]?.hashes[.weights]?["iteration"] = "1"
      }
    }
    return claimed
  }
}

/// A store that counts how often partitions are read.
private final class CountedReads: PassingStore {
  let store: InMemoryRunStore
  let partitions = Atomic(0)
  let deliveries = Atomic(0)

  init(store: InMemoryRunStore) { self.store = store }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    deliveries.add(1, ordering: .relaxed)
    return try store.deliver(results, by: evaluator, next: next)
  }

  func fields(
    _ names: [String], in hash: RunHash, of run: RunID
  ) throws(StoreError) -> [String?] {
    if hash == .partitions { partitions.add(1, ordering: .relaxed) }
    return try store.fields(names, in: hash, of: run)
  }
}
