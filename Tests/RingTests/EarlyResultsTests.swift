import Logging
import RingTestKit
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// Results that are read before their iteration is complete are those that are there in the end.
@Suite struct EarlyResultsTests {
  private let ring: InProcessRing
  private let iteration: IterationID
  private var controller: Controller
  private var slot: EvaluatorSlot
  private var count: Int { TaskSchedule(ring.configuration).trainingCount }

  init() throws {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ring = try InProcessRing(InProcessRing.smallConfiguration())
    iteration = IterationID(run: ring.run, iteration: 0)
    controller = Controller(store: ring.store, logger: quiet)
    slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: UntimedPlayer.maker())
    try controller.step(timeout: 0)
  }

  private mutating func evaluate(_ number: Int) throws {
    for _ in 0..<number { _ = try slot.step() }
  }

  private func expecting(portion: Int = 1) -> EarlyResults {
    var early = EarlyResults(portion: portion)
    early.begin(iteration, of: "", ring.configuration)
    return early
  }

  private func taken(_ early: inout EarlyResults) -> [Int: EvaluationResult] {
    early.take(iteration, of: "", ring.configuration)
  }

  @Test(arguments: [0, 1, 5, 100])
  mutating func `the reduction is the same however many were read early`(number: Int) throws {
    var early = expecting()
    try evaluate(min(number, count))
    try early.read(from: ring.store)
    try evaluate(count - min(number, count))
    let whole = try IterationMaterial(iteration, of: "", from: ring.store)
    let results = taken(&early)
    #expect(results.count == min(number, count, 2))
    let material = try IterationMaterial(iteration, of: "", from: ring.store) { _ in results }
    #expect(material.results.map(\.text) == whole.results.map(\.text))
    #expect(try material.reduction() == whole.reduction())
  }

  @Test mutating func `all can be read early, by portions`() throws {
    var early = expecting()
    try evaluate(count)
    for _ in 0..<count { try early.read(from: ring.store) }
    let results = taken(&early)
    #expect(results.count == count)
    let whole = try IterationMaterial(iteration, of: "", from: ring.store)
    let material = try IterationMaterial(iteration, of: "", from: ring.store) { _ in results }
    #expect(try material.reduction() == whole.reduction())
  }

  @Test mutating func `what is not worth it is not read`() throws {
    var small = expecting(portion: count)
    #expect(!small.isExpecting)
    var early = expecting(portion: 3)
    try evaluate(2)
    try early.read(from: ring.store)
    #expect(early.isExpecting)
    try small.read(from: ring.store)
    #expect(taken(&early).isEmpty)
  }

  @Test mutating func `a failed evaluation is not read early`() throws {
    var early = expecting()
    for _ in 0..<2 {
      guard let claim = try ring.store.claim(by: "e", lease: 10, except: [:]).claim else {
        break
      }
      _ = try ring.store.deliver(EvaluationResult.failed("so").text, of: claim, by: "e", next: nil)
    }
    // The first goes back to the queue; the others are in order.
    try evaluate(count)
    let failed = try IterationMaterial(iteration, of: "", from: ring.store)
      .results.indices.filter { try failure($0) }
    for _ in 0..<count { try early.read(from: ring.store) }
    let results = taken(&early)
    #expect(results.count == count - failed.count)
    for index in failed { #expect(results[index] == nil) }
  }

  private func failure(_ index: Int) throws -> Bool {
    try ring.store.results(of: iteration)[index]?.hasPrefix("failed") ?? true
  }

  @Test mutating func `what belongs to something else is not used`() throws {
    var early = expecting()
    try evaluate(1)
    try early.read(from: ring.store)
    #expect(early.take(iteration, of: "another", ring.configuration).isEmpty)
    early = expecting()
    try early.read(from: ring.store)
    let next = IterationID(run: ring.run, iteration: 1)
    #expect(early.take(next, of: "", ring.configuration).isEmpty)
    early = expecting()
    try early.read(from: ring.store)
    var other = ring.configuration
    other.seed += 1
    #expect(early.take(iteration, of: "", other).isEmpty)
  }

  @Test mutating func `a run that is over is forgotten`() throws {
    var early = expecting()
    try evaluate(1)
    try early.read(from: ring.store)
    try early.read(from: ring.store)
    #expect(early.isExpecting)
    try ring.store.cancel(ring.run)
    try early.read(from: ring.store)
    #expect(!early.isExpecting)
  }
}
