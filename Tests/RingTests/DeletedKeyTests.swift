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
    #expect(message?.contains("was changed or deleted by hand") == true)
  }

  @Test func `a malformed search record stops the run`() throws {
    let message = try message(round: 20) { $0.hashes[.checkpoint]?[SearchRecord.field] = "{" }
    #expect(message?.contains(SearchRecord.field) == true)
  }

  @Test(arguments: [0, 1])
  func `a deleted finalist stops the run`(number: Int) throws {
    let message = try message(round: 50) {
      $0.hashes[.checkpoint]?[Finalists.field(number)] = nil
    }
    #expect(message?.contains("field 'finalists' is '2', but 1 are there") == true)
  }

  @Test func `deleted weights stop the run`() throws {
    #expect(try message(round: 20) { $0.hashes[.weights] = nil } != nil)
  }

  @Test func `deleted partitions stop the run`() throws {
    #expect(try message(round: 20) { $0.hashes[.partitions] = nil } != nil)
  }

  @Test func `a history that lacks a line stops the run`() throws {
    let message = try message(round: 20) { $0.history = [] }
    #expect(message?.contains("expected 1 lines, found 0") == true)
  }

  /// Deletes by `damage` in every 7th round; the ring goes on to the bytes of an undisturbed one.
  private func expectRepair(_ damage: @escaping (inout InMemoryQueue, RunID) -> Void) throws {
    let configuration = InProcessRing.smallConfiguration()
    let reference = try InProcessRing.outcome(configuration, evaluators: 1)
    let ring = try InProcessRing(configuration)
    var damaged = 0
    try ring.finish(beforeRound: { round in
      ring.advance(0.5)
      guard round % 7 == 3 else { return }
      damaged += 1
      try ring.store.withQueue { damage(&$0, ring.run) }
    })
    #expect(damaged > 5)
    #expect(try ring.policy() == reference.policy)
    #expect(try ring.store.history(of: ring.run, from: 0) == reference.history)
  }

  @Test func `deleted tasks are issued again`() throws {
    try expectRepair { queue, _ in queue.tasks = TaskList() }
  }

  @Test func `deleted results of an iteration are evaluated again`() throws {
    try expectRepair { queue, run in
      if queue.runs[run]?.returns.count == 5 { queue.runs[run]?.returns = [:] }
      queue.results = []
    }
  }

  @Test func `deleted announcements are made again`() throws {
    try expectRepair { queue, _ in
      queue.results = []
      queue.updates = []
    }
  }

  @Test func `a result deleted after its iteration was announced is evaluated again`() throws {
    try expectRepair { queue, run in queue.runs[run]?.returns[3] = nil }
  }
}
