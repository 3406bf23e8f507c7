import RunQueue
import Testing

/// What somebody who looks on sees of a queue, the same on every store.
@Suite struct OverviewConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `all runs are read at once, each with the fields of its checkpoint`(kind: StoreKind) throws {
    let store = try kind.make().store
    #expect(try store.records(checkpoint: ["x"]) == [])
    for name in ["a", "b"] { try store.submit(run(name), config: ["seed": name]) }
    let marked = Publication(
      taskCount: 1, weights: nil, partitions: nil, checkpoint: ["x": "1"])
    #expect(try store.publish(marked, after: iteration("a -1")))
    let records = try store.records(checkpoint: ["x", "absent"])
    #expect(records.map(\.name) == ["a", "b"])
    #expect(records.map(\.config) == [["seed": "a"], ["seed": "b"]])
    #expect(records.map { $0.state["phase"] } == ["running", "submitted"])
    #expect(records[0].checkpoint == ["1", nil])
    #expect(records[1].checkpoint == [nil, nil])
    #expect(records.allSatisfy { $0.damage == nil })
    #expect(try store.records(checkpoint: []).map(\.checkpoint) == [[], []])
  }

  @Test(arguments: StoreKind.allCases)
  func `an overview says who leads`(kind: StoreKind) throws {
    let subject = try kind.make()
    #expect(try subject.store.overview().leaders == [:])
    _ = try subject.store.lead(.controller, as: "c", lease: 5)
    #expect(try subject.store.overview().leaders == [.controller: "c"])
    _ = try subject.store.lead(.aggregator, as: "g", lease: 30)
    try subject.pass(seconds: 6)
    #expect(try subject.store.overview().leaders == [.aggregator: "g"])
  }
}
