import ArchitectureSearch
import Foundation
import Logging
import RunPlan
import RunQueue
import Testing

@testable import Ring

@Suite struct DamagedRunTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// A ring whose first iteration has one evaluation only, delivered with `result`.
  private func ring(checkpoint: Fields = [:], result: String) throws -> InProcessRing {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    let weights = WeightsSnapshot(initialFor: ring.configuration).fields(ring.configuration)
    let publication = Publication(
      taskCount: 1, weights: weights, partitions: nil, checkpoint: checkpoint)
    let announcement = IterationID(run: ring.run, iteration: -1)
    #expect(try ring.store.publish(publication, after: announcement))
    let task = try #require(try ring.store.claim(by: "e", lease: 10))
    let completion =
      try result.hasPrefix("failed") ? ring.fail(task) : ring.store.complete(task, result: result)
    #expect(completion == .completedIteration)
    return ring
  }

  private func message(_ ring: InProcessRing) throws -> String? {
    try ring.store.fields(["message"], in: .state, of: ring.run)[0]
  }

  @Test(arguments: ["failed x", "return=1 steps=2 seconds=1e300 observations=1 mean=1 squares=1"])
  func `an iteration with too few results fails its run and nothing else`(result: String) throws {
    let ring = try ring(result: result)
    var aggregator = Aggregator(store: ring.store, logger: quiet)
    try aggregator.step(timeout: 0)
    try aggregator.step(timeout: 0)
    #expect(try ring.store.runs()[ring.run] == .failed)
    #expect(try message(ring)?.contains("1 of 17 results are there") == true)
  }

  @Test func `a controller of another size fails its run`() throws {
    let other = ControllerKind.factorised.make(edgeCount: 5, classCount: 2, seed: 1)
    let text = Data(other.checkpoint()).base64EncodedString()
    let ring = try ring(checkpoint: [ControllerField.name: text], result: "failed x")
    let reduction = Reduction(weights: nil, partitions: [:], checkpoint: [:], history: nil)
    #expect(try ring.store.commit(reduction, of: IterationID(run: ring.run, iteration: 0)))
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    #expect(try ring.store.runs()[ring.run] == .failed)
    #expect(try message(ring)?.contains("5 edges and 2 classes") == true)
  }
}
