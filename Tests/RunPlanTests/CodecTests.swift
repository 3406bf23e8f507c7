import ArchitectureSearch
import ChromaticPolicy
import RunPlan
import RunQueue
import Testing

@Suite struct CodecTests {
  private let configuration = RunConfiguration(
    environment: "Pendulum-v1", observationSize: 3, actionSize: 1)

  private func episode() throws -> EvaluationResult {
    .finished(
      .init(
        totalReward: -0.1 - 0.2, steps: 200, seconds: 0.0123,
        observations: try #require(
          ObservationStatistics(
            count: 200, mean: [1.0 / 3, -2e-300, 5], squaredDeviations: [0, 1e250, 0.1]))))
  }

  @Test func `a result reads back exactly`() throws {
    let result = try episode()
    #expect(EvaluationResult(text: result.text, observationSize: 3) == result)
    let failure = EvaluationResult.failed("the physics diverged at step 7")
    #expect(EvaluationResult(text: failure.text, observationSize: 3) == failure)
  }

  @Test(arguments: [
    ("return=", "return=nan"), ("return=", "return=inf "), ("steps=200", "steps=0"),
    ("steps=200", "steps=x"), ("observations=200", "observations=-1"), ("squares=", "squares=-1,"),
    ("mean=", "mean=1,"), (" seconds", ""), ("return", "retrun"), ("e-300", "e-300,"),
    ("squares=", "squares=inf"),
  ])
  func `a malformed result is no result`(part: String, replacement: String) throws {
    let text = try episode().text
    #expect(text.contains(part))
    let damaged = text.replacing(part, with: replacement, maxReplacements: 1)
    #expect(EvaluationResult(text: damaged, observationSize: 3) == nil)
  }

  @Test func `a result of another size is no result`() throws {
    #expect(EvaluationResult(text: try episode().text, observationSize: 4) == nil)
  }

  @Test func `weights read back exactly and damage is named`() throws {
    var weights = WeightsSnapshot(initialFor: configuration)
    weights.iteration = 12
    weights.environmentSteps = 345
    for i in weights.parameters.indices { weights.parameters[i] = 1 / Double(i + 3) }
    let fields = weights.fields(configuration)
    #expect(try WeightsSnapshot(fields, configuration) == weights)
    for name in fields.keys {
      var damaged = fields
      damaged[name] = "1,2,x"
      let error = #expect(throws: DamagedFields.self) {
        try WeightsSnapshot(damaged, configuration)
      }
      #expect(error?.field == name)
    }
  }

  @Test func `a batch reads back with its rewards`() throws {
    let edges = configuration.architecture.edgeCount
    let partitions = (0..<3).map { seed in
      Partition(classes: (0..<edges).map { Int32(($0 * 7 + seed) % 17) }, classCount: 17)
    }
    var fields = PartitionBatch.fields(number: 4, partitions: partitions, proposal: partitions[1])
    #expect(try PartitionBatch.partition("2", of: fields, configuration) == partitions[2])
    #expect(try PartitionBatch.partition("proposal", of: fields, configuration) == partitions[1])
    #expect(try PartitionBatch.rewards(of: fields, count: 3) == [nil, nil, nil])
    fields.merge(PartitionBatch.rewards([1.5, nil, -0.1 - 0.2])) { $1 }
    #expect(try PartitionBatch.rewards(of: fields, count: 3) == [1.5, nil, -0.1 - 0.2])
    #expect(throws: DamagedFields.self) { try PartitionBatch.rewards(of: fields, count: 2) }
    fields["2"] = "zz"
    #expect(throws: DamagedFields.self) {
      try PartitionBatch.partition("2", of: fields, configuration)
    }
  }

  @Test func `a history line reads back`() throws {
    var entry = HistoryEntry(iteration: 3, parameterNorm: 0.5, environmentSteps: 9)
    entry.mean = 0.1 + 0.2
    entry.take(
      SearchRecord(
        iteration: 3, classesUsed: 16.5,
        report: SearchReport(entropyPerEdge: 1, classesUsed: 16, divergencePerEdge: 0.01)))
    #expect(HistoryEntry(line: entry.line) == entry)
    #expect(!entry.line.contains("\n") && entry.searchStep)
    #expect(HistoryEntry(line: "{}") == nil)
  }
}

@Suite struct FinalistsTests {
  private func policy(_ mean: Double, iteration: Int) -> Policy {
    Policy(
      environment: "Pendulum-v1",
      architecture: Architecture(observationSize: 3, hiddenSizes: [], actionSize: 1),
      partition: Partition(classes: [0, 1, 0], classCount: 2), parameters: [1, 2],
      normalisation: .identity(size: 3),
      training: .init(seed: 0, iteration: iteration, controller: "random"),
      evaluation: .init(returns: [mean]))
  }

  @Test func `the best are kept best first, and ties go to the earlier`() throws {
    var finalists = Finalists()
    for (iteration, mean) in [3.0, 5, 1, 5, 4].enumerated() {
      finalists.consider(policy(mean, iteration: iteration), limit: 3)
    }
    #expect(finalists.policies.map(\.training.iteration) == [1, 3, 4])
    let names = Finalists.fieldNames(limit: 5)
    #expect(try Finalists(names.map { finalists.fields[$0] }, after: 1) == finalists)
  }

  @Test func `what is written of finalists is what changed, and files known are not read again`()
    throws
  {
    var finalists = Finalists()
    finalists.consider(policy(3, iteration: 0), limit: 2)
    finalists.consider(policy(5, iteration: 1), limit: 2)
    var next = finalists
    next.consider(policy(1, iteration: 2), limit: 2)
    #expect(next.changes(since: finalists) == ["finalists": "2"])
    next.consider(policy(4, iteration: 3), limit: 2)
    #expect(next.changes(since: finalists).keys.sorted() == ["finalist:1", "finalists"])
    #expect(finalists.fields.merging(next.changes(since: finalists)) { $1 } == next.fields)
    // A file of the other finalists is read, whatever it holds; one that is known is not.
    let values = Finalists.fieldNames(limit: 2).map { next.fields[$0] }
    #expect(try Finalists(values, after: 4, known: finalists) == next)
    let damaged = [values[0], "{}", values[2]]
    #expect(throws: DamagedFields.self) { try Finalists(damaged, after: 4, known: next) }
  }

  @Test func `the finalists of a masked run are its last policies`() {
    var finalists = Finalists()
    for (iteration, mean) in [9.0, 8, 1, 2].enumerated() {
      var masked = policy(mean, iteration: iteration)
      masked.policyClass = .masked
      finalists.consider(masked, limit: 2)
    }
    #expect(finalists.policies.map(\.training.iteration) == [3, 2])
  }

  @Test func `the final comparison decides by fresh episodes`() {
    var finalists = Finalists()
    for (iteration, mean) in [9.0, 8].enumerated() {
      finalists.consider(policy(mean, iteration: iteration), limit: 2)
    }
    let results: [EvaluationResult] = [1, 2, 6, nil].map { value in
      value.map {
        .finished(
          .init(
            totalReward: $0, steps: 1, seconds: 0, observations: ObservationStatistics(size: 3)))
      } ?? .failed("broken")
    }
    let best = finalists.best(results, episodes: 2)
    // The other one has a greater mean, and one episode that failed.
    #expect(best?.training.iteration == 0)
    #expect(best?.evaluation?.mean == 1.5 && best?.evaluation?.episodes == 2)
    let both = finalists.best([results[3], results[0], results[3], results[2]], episodes: 2)
    #expect(both?.training.iteration == 0 && both?.evaluation?.failed == 1)
    #expect(both?.evaluation?.failureReturn == -4 && both?.evaluation?.mean == -1.5)
    #expect(finalists.best([.failed("a"), .failed("b")], episodes: 1) == nil)
  }
}
