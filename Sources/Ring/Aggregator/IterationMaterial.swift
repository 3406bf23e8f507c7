import RunPlan
import RunQueue

/// All that the reduction of a complete iteration needs, as read from the store.
struct IterationMaterial {
  /// The iteration.
  let iteration: IterationID
  /// The submission of its run.
  let submission: String
  /// The run's configuration.
  let configuration: RunConfiguration
  /// One per evaluation, by index.
  let results: [EvaluationResult]
  /// The best policies so far.
  let finalists: Finalists
  /// What a training iteration needs beside; nil where finalists are compared.
  let training: Training?

  /// What a training iteration started from.
  struct Training {
    /// The weights that it perturbed.
    let weights: WeightsSnapshot
    /// The rewards of its batch so far, the proposal and its centres, as fields of the partitions hash.
    let batch: Fields
    /// The controller's last search step.
    let search: SearchRecord?
  }
}

extension IterationMaterial {
  /// Why the last of the evaluations failed, nil unless all of them did.
  var failureOfAll: String? {
    results.allSatisfy { $0.episode == nil } ? results.last?.reason : nil
  }

  /// Reads the material of `iteration`, as that of `submission`.
  ///
  /// - Parameters:
  ///   - known: finalists of the run that were read before.
  ///   - early: what was read of its results before, given its configuration.
  init(
    _ iteration: IterationID, of submission: String, from store: any AggregatorStore,
    known: Finalists = Finalists(),
    early: (RunConfiguration) -> [Int: EvaluationResult] = { _ in [:] }
  ) throws {
    let run = iteration.run
    self.iteration = iteration
    self.submission = submission
    configuration = try RunConfiguration(store.fields(.config, of: run))
    let names = Finalists.fieldNames(limit: configuration.finalists)
    if TaskSchedule(configuration).isFinal(iteration.iteration) {
      finalists = try Finalists(
        store.fields(names, in: .checkpoint, of: run), after: iteration.iteration, known: known)
      results = try Self.results(of: iteration, configuration, from: store)
      training = nil
      return
    }
    let weights = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    guard weights.form == configuration.form(of: iteration.iteration) else {
      throw DamagedFields(field: "weights", reason: "are latents although the partition is frozen")
    }
    results = try Self.results(
      of: iteration, configuration, from: store, early: early(configuration))
    let batchNames = [
      PartitionBatch.rewardsField, PartitionBatch.proposalField, PartitionBatch.centresField,
    ]
    let batch = try store.fields(batchNames, in: .partitions, of: run)
    let checkpoint = try store.fields(names + [SearchRecord.field], in: .checkpoint, of: run)
    finalists = try Finalists(
      Array(checkpoint.dropLast()), after: iteration.iteration, known: known)
    training = Training(
      weights: weights,
      batch: Fields(zip(batchNames, batch).compactMap { name, value in value.map { (name, $0) } }) {
        $1
      },
      search: checkpoint.last.flatMap { $0 }.flatMap(SearchRecord.init(text:)))
  }

  /// All results by index; a malformed one counts as failed.
  ///
  /// Throws if one is missing: without it the run would go on differently.
  private static func results(
    of iteration: IterationID, _ configuration: RunConfiguration, from store: any AggregatorStore,
    early: [Int: EvaluationResult] = [:]
  ) throws -> [EvaluationResult] {
    let schedule = TaskSchedule(configuration)
    let texts: [Int: String]
    if 2 * early.count < schedule.trainingCount {
      texts = try store.results(of: iteration)
    } else {
      let missing = (0..<schedule.trainingCount).filter { early[$0] == nil }
      texts = try store.results(missing, of: iteration)
    }
    let count = schedule.isFinal(iteration.iteration) ? texts.count : schedule.trainingCount
    let found = (0..<count).count { early[$0] != nil || texts[$0] != nil }
    guard found == count else { throw IncompleteResults(found: found, expected: count) }
    return (0..<count).map { index in
      if let result = early[index] { return result }
      return EvaluationResult(
        text: texts[index] ?? "", observationSize: configuration.observationSize)
        ?? .failed("the result with index \(index) is malformed")
    }
  }
}
