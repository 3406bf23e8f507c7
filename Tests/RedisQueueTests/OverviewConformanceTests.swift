import RunQueue
import Testing

/// What somebody who looks on sees of a queue, the same on every store.
@Suite struct OverviewConformanceTests {
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
