import ArchitectureSearch
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// A controller keeps what drawing a batch has computed for the step that ends it.
@Suite struct DrawnControllerTests {
  @Test func `one that has kept nothing gives the same bytes`() throws {
    var configuration = InProcessRing.smallConfiguration()
    configuration.controller = .pointer
    configuration.iterations = 5
    let reference = try InProcessRing.outcome(configuration, evaluators: 2)
    let ring = try InProcessRing(configuration)
    try ring.finish(beforeRound: { _ in ring.replaceController() })
    #expect(try ring.policy() == reference.policy)
    #expect(try ring.store.history(of: ring.run, from: 0) == reference.history)
  }
}
