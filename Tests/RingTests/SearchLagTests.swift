import ArchitectureSearch
import ChromaticPolicy
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// `--search-lag 1`: a batch is drawn from what the one before the last has shown.
@Suite struct SearchLagTests {
  private static func lagged(interval: Int = 1) -> RunConfiguration {
    var configuration = InProcessRing.smallConfiguration()
    configuration.controller = .factorised
    configuration.iterations = 6
    configuration.searchInterval = interval
    configuration.searchLag = 1
    return configuration
  }

  /// The partitions hash as it stood when each iteration had been reduced.
  private func batches(_ ring: InProcessRing) throws -> [Int: Fields] {
    var found: [Int: Fields] = [:]
    try ring.finish(beforeRound: { _ in
      let done = try ring.history().count
      guard done > 0, try ring.store.nextUpdate(timeout: 0) != nil else { return }
      found[done - 1] = try ring.store.fields(.partitions, of: ring.run)
    })
    return found
  }

  @Test func `each batch follows from all but the last, by the controller's own rule`() throws {
    let configuration = Self.lagged()
    let found = try batches(InProcessRing(configuration))
    let size = TaskSchedule(configuration).batchSize
    let space = configuration.searchSpace
    var controller = configuration.controller.make(
      edgeCount: space.decisionCount, classCount: space.choiceCount, seed: configuration.seed,
      settings: configuration.controllerSettings)
    for batch in 0..<configuration.iterations {
      if batch >= 2 {
        let fields = try #require(found[batch - 2])
        _ = controller.update(
          partitions: try (0..<size).map {
            try PartitionBatch.partition(String($0), of: fields, configuration)
          }, rewards: try PartitionBatch.rewards(of: fields, count: size),
          seed: configuration.seed, step: batch - 2)
      }
      let expected = controller.sample(count: size, seed: configuration.seed, step: batch)
      let fields = try #require(found[batch])
      #expect((0..<size).map { fields[String($0)] } == expected.map(\.text))
      #expect(fields[PartitionBatch.proposalField] == controller.proposal().text)
    }
  }

  @Test func `it is another search than that which waits`() throws {
    var waiting = Self.lagged()
    waiting.searchLag = nil
    let outcome = try InProcessRing.outcome(waiting, evaluators: 1)
    #expect(try InProcessRing.outcome(Self.lagged(), evaluators: 1) != outcome)
  }

  @Test(arguments: [1, 2])
  func `a controller that has prepared nothing gives the same bytes`(interval: Int) throws {
    let configuration = Self.lagged(interval: interval)
    let reference = try InProcessRing.outcome(configuration, evaluators: 3)
    let ring = try InProcessRing(configuration)
    try ring.finish(beforeRound: { _ in ring.replaceController() })
    #expect(try ring.policy() == reference.policy)
    #expect(try ring.store.history(of: ring.run, from: 0) == reference.history)
  }

  @Test func `the next step is taken when a batch is published, and holds for its evidence alone`()
    throws
  {
    let configuration = Self.lagged()
    let run = try #require(RunID("test"))
    let begun = SearchPhase(configuration: configuration).begin()
    var prepared = PreparedSteps()
    prepared.prepare(after: begun, of: 0, run, configuration)
    let theta = begun.checkpoint[ControllerField.name]
    let fields = try #require(begun.partitions)
    let evidence = SearchEvidence(theta: theta, fields: fields, configuration)
    var controller = try ControllerField.controller(in: theta, configuration)
    let step = try SearchPhase(configuration: configuration).searchStep(
      to: 1, from: evidence, by: &controller)
    #expect(prepared.publication(of: 1, run, configuration, evidence) == step)
    #expect(prepared.publication(of: 2, run, configuration, evidence) == nil)
    let others = fields.merging(
      try PartitionBatch.asPrevious(fields, count: TaskSchedule(configuration).batchSize)
    ) { $1 }
    let other = SearchEvidence(theta: theta, fields: others, configuration)
    #expect(prepared.publication(of: 1, run, configuration, other) == nil)
    var steeper = configuration
    steeper.controllerSettings.learningRate = 0.7
    #expect(prepared.publication(of: 1, run, steeper, evidence) == nil)
  }

  @Test func `a controller that learns from no rewards has nothing to be late with`() {
    var configuration = Self.lagged()
    configuration.controller = .fixed
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
    configuration.controller = .factorised
    #expect(throws: Never.self) { try configuration.validate() }
  }
}
