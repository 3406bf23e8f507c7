import EvolutionStrategies
import Logging
import RingTestKit
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// Directions drawn while evaluators work are those that the gradient would draw.
@Suite struct DirectionsAheadTests {
  private let run: RunID
  private var configuration = InProcessRing.smallConfiguration()

  init() throws { run = try #require(RunID("a")) }

  private func sampled(_ configuration: RunConfiguration, _ iteration: Int) -> [[Double]] {
    var sampler = configuration.directions(of: iteration)
    return (0..<TaskSchedule(configuration).directionCount).map { sampler.direction($0) }
  }

  @Test(arguments: [DirectionKind.gaussian, .orthogonal])
  mutating func `what is drawn is the iteration's own`(kind: DirectionKind) {
    configuration.directionKind = kind
    var ahead = DirectionsAhead()
    #expect(!ahead.isUnfinished)
    ahead.begin(3, of: run, configuration)
    #expect(ahead.isUnfinished)
    while ahead.isUnfinished { ahead.draw() }
    #expect(ahead.take(3, of: run, configuration) == sampled(configuration, 3))
    #expect(ahead.take(3, of: run, configuration) == [])
  }

  @Test mutating func `what was drawn for something else is not used`() {
    var ahead = DirectionsAhead()
    ahead.begin(3, of: run, configuration)
    ahead.draw()
    #expect(ahead.take(2, of: run, configuration) == [])
    ahead.begin(3, of: run, configuration)
    ahead.draw()
    configuration.seed += 1
    #expect(ahead.take(3, of: run, configuration) == [])
  }

  @Test mutating func `a large iteration is drawn in slices and no further than there is room`() {
    configuration.hiddenSizes = [400, 400]
    configuration.controller = .clustering
    configuration.clustering = ClusteringPlan()
    configuration.perturbations = 120
    let dimension = configuration.layout(of: 0).count
    #expect(60 * dimension > DirectionsAhead.capacity)
    var ahead = DirectionsAhead()
    ahead.begin(0, of: run, configuration)
    var slices = 0
    while ahead.isUnfinished {
      ahead.draw()
      slices += 1
    }
    let drawn = ahead.take(0, of: run, configuration)
    #expect(drawn.count == DirectionsAhead.capacity / dimension)
    #expect(drawn.count < 60)
    #expect(slices == drawn.count)
  }

  /// An iteration's evaluations are in, its directions drawn in part: the same weights as without.
  @Test(arguments: [0, 2, 5, 6])
  func `the gradient has the same bits however many were drawn`(count: Int) throws {
    let ring = try InProcessRing(configuration)
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    var slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: UntimedPlayer.maker())
    for _ in 0..<TaskSchedule(configuration).trainingCount { _ = try slot.step() }
    let iteration = try #require(try ring.store.nextResult(timeout: 0))
    let material = try IterationMaterial(iteration, of: "", from: ring.store)
    let drawn = Array(sampled(configuration, 0).prefix(count))
    let found = try material.reduction(drawn: drawn)
    #expect(found.weights != nil)
    #expect(try found == material.reduction())
  }
}
