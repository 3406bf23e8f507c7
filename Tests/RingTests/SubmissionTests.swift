import Logging
import RingTestKit
import RunPlan
import Testing

@testable import Ring
@testable import RunQueue

/// A name given to another run while an evaluator is at work: nothing of the former one counts.
@Suite struct SubmissionTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// The ring's store without what it held, as after FLUSHALL, with another run of the same name.
  private func replace(_ ring: InProcessRing, by configuration: RunConfiguration) throws {
    try ring.store.withQueue { $0 = InMemoryQueue() }
    try ring.store.submit(ring.run, config: configuration.fields)
  }

  private func outcome(_ ring: InProcessRing) throws -> InProcessRing.Outcome {
    InProcessRing.Outcome(
      policy: try #require(try ring.policy()),
      history: try ring.store.history(of: ring.run, from: 0))
  }

  @Test(arguments: 0...36)
  func `an evaluator that knew another run of the name gives the bytes of a fresh one`(
    round: Int
  ) throws {
    let former = InProcessRing.smallConfiguration()
    var configuration = former
    configuration.sigma = 0.3
    configuration.iterations = 2
    configuration.environment.horizon = 30
    let reference = try InProcessRing.outcome(configuration, evaluators: 1)
    let ring = try InProcessRing(former, slots: 2)
    try ring.finish(beforeRound: { if $0 == round { try replace(ring, by: configuration) } })
    #expect(try outcome(ring) == reference)
  }

  @Test func `what was read before an error of the store is read anew`() throws {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    let store = FailingClaims(store: ring.store)
    let made = Counter()
    var slot = EvaluatorSlot(name: "e", store: store, lease: 10, logger: quiet) { configuration in
      made.value += 1
      return try UntimedPlayer.maker()(configuration)
    }
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    for _ in 0..<2 { _ = try slot.step() }
    #expect(made.value == 1)
    store.fails.value = 1
    #expect(throws: StoreError.self) { try slot.step() }
    store.fails.value = 0
    // The delivery that failed, then an evaluation.
    for _ in 0..<2 { _ = try slot.step() }
    #expect(made.value == 2)
  }

  @Test func `what was read of runs that take turns is kept`() throws {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    for name in ["b", "c"] {
      try ring.store.submit(
        try #require(RunID(name)), config: InProcessRing.smallConfiguration().fields)
    }
    var controller = Controller(store: ring.store, logger: quiet)
    for _ in 0..<3 { try controller.step(timeout: 0) }
    let made = Counter()
    var slot = EvaluatorSlot(name: "e", store: ring.store, lease: 10, logger: quiet) {
      configuration in
      made.value += 1
      return try UntimedPlayer.maker()(configuration)
    }
    var runs: [RunID] = []
    for _ in 0..<12 {
      guard case .delivered(let task, _) = try slot.step() else { continue }
      runs.append(task.iteration.run)
    }
    #expect(runs.count == 12 && Set(runs).count == 3)
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0 != $1 }, "they take turns")
    #expect(made.value == 3)
  }

  @Test func `weights that are not the iteration's are said, not waited for`() throws {
    let configuration = InProcessRing.smallConfiguration()
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    try ring.store.withQueue { $0.runs[ring.run]?.hashes[.weights]?["iteration"] = "3" }
    var slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: UntimedPlayer.maker())
    let first = TaskID(iteration: IterationID(run: ring.run, iteration: 0), index: 0)
    #expect(try slot.step() == .delivered(first, .doubted))
    while try slot.step() != .delivered(first, .accepted) {}
    #expect(
      try ring.store.results(of: first.iteration)[0]?.contains("are not those of iteration 0")
        == true)
  }
}

/// A number that a closure may change.
final class Counter: @unchecked Sendable {
  var value = 0
}

/// A store that cannot be reached by claims and results while it is told so.
private struct FailingClaims: PassingStore {
  let store: InMemoryRunStore
  let fails = Counter()

  func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    if fails.value > 0 { throw .unreachable("the connection is lost") }
    return try store.claim(by: evaluator, request)
  }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    if fails.value > 0 { throw .unreachable("the connection is lost") }
    return try store.deliver(results, by: evaluator, next: next)
  }
}
