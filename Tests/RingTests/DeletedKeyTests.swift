import Logging
import RingTestKit
import RunPlan
import Testing

@testable import Ring
@testable import RunQueue

/// A run whose keys were deleted or evicted stops and says so; it never goes on differently.
@Suite struct DeletedKeyTests {
  /// Deletes by `damage` in round `round` and lets the ring go on; why the run ended.
  private func message(
    round: Int, _ damage: (inout InMemoryQueue.Run) -> Void
  ) throws -> String? {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    try ring.finish(beforeRound: { present in
      guard present == round else { return }
      try ring.store.withQueue { queue in
        guard var run = queue.runs[ring.run] else { return }
        damage(&run)
        queue.runs[ring.run] = run
      }
    })
    #expect(try ring.store.runs()[ring.run] == .failed)
    return try ring.store.fields(["message"], in: .state, of: ring.run)[0]
  }

  @Test func `a deleted checkpoint stops the run`() throws {
    let message = try message(round: 20) { $0.hashes[.checkpoint] = nil }
    #expect(message?.contains("'\(SearchRecord.field)' is missing") == true)
  }

  @Test func `a malformed search record stops the run`() throws {
    let message = try message(round: 20) { $0.hashes[.checkpoint]?[SearchRecord.field] = "{" }
    #expect(message?.contains(SearchRecord.field) == true)
  }

  @Test func `deleted weights stop the run`() throws {
    #expect(try message(round: 20) { $0.hashes[.weights] = nil } != nil)
  }

  @Test func `deleted partitions stop the run`() throws {
    #expect(try message(round: 20) { $0.hashes[.partitions] = nil } != nil)
  }

  @Test func `a result deleted after its iteration was announced stops the run`() throws {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    try Controller(store: ring.store, logger: quiet).step(timeout: 0)
    var slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: UntimedPlayer.maker())
    while try slot.step() != .idle {}
    try ring.store.withQueue { $0.runs[ring.run]?.returns[3] = nil }
    var aggregator = Aggregator(store: ring.store, logger: quiet)
    try aggregator.step(timeout: 0)
    #expect(try ring.store.runs()[ring.run] == .failed)
    #expect(
      try ring.store.fields(["message"], in: .state, of: ring.run)[0]?
        .contains("16 of 17 results are there") == true)
  }
}
