import ChromaticPolicy
import Logging
import RunProtocol

/// The aggregator's shell: peeks at a complete iteration, reduces it, commits.
///
/// All it remembers between iterations is how long their episodes take, which decides nothing but
/// when a slow evaluation is issued a second time; the results in place tell it anew.
public struct Aggregator {
  /// How often a task may be leased and lost before it is recorded as failed.
  static let leaseAttempts = 5

  let store: any RunStore
  let logger: Logger
  private let leadership: Leadership?
  private var rolloutTimes = RolloutTimes()

  /// An aggregator for every run of the queue in `store`.
  public init(store: any RunStore, logger: Logger) {
    self.init(store: store, logger: logger, leadership: nil)
  }

  /// - Parameter leadership: the lead without which nothing is committed; nil if there is no other.
  init(store: any RunStore, logger: Logger, leadership: Leadership?) {
    self.store = store
    self.logger = logger
    self.leadership = leadership
  }

  /// Reduces one iteration if one completes within `timeout` seconds, after returning expired leases.
  public mutating func step(timeout: Double) throws(StoreError) {
    try rolloutTimes.recall(from: store)
    try issueBackups()
    for reaped in try store.reapExpiredLeases(attempts: Self.leaseAttempts) {
      logger.warning(
        reaped.isDead ? "task given up" : "lease expired, task queued again",
        metadata: [
          "task": "\(reaped.task)", "evaluator": "\(reaped.evaluator)",
          "attempt": "\(reaped.attempt)",
        ])
    }
    guard let iteration = try store.nextResult(timeout: timeout) else { return }
    do {
      let reduction = try reduce(iteration)
      let committed = try store.commit(reduction, of: iteration, by: leadership?.name)
      if !committed { leadership?.doubt() }
      logger.debug(
        committed ? "reduced" : "already reduced", metadata: ["iteration": "\(iteration)"])
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      // Reads that another aggregator's commit overtook fit together in nothing; only an error
      // found while the iteration still stands is the run's own.
      guard try store.nextResult(timeout: 0) == iteration else { return }
      try fail(iteration, reason: "\(error)")
    }
  }

  private func issueBackups() throws(StoreError) {
    for (run, seconds) in rolloutTimes.patience.sorted(by: { $0.key < $1.key }) {
      for task in try store.issueBackups(of: run, after: seconds) {
        logger.notice(
          "evaluation takes long, issued a second time",
          metadata: ["task": "\(task)", "after": "\(seconds) s"])
      }
    }
  }

  private mutating func reduce(_ iteration: IterationID) throws -> Reduction {
    let configuration = try RunConfiguration(store.fields(.config, of: iteration.run))
    let results = try results(of: iteration, configuration)
    if TaskSchedule(configuration).isFinal(iteration.iteration) {
      rolloutTimes.forget(iteration.run)
      return try choose(iteration.run, configuration, results)
    }
    rolloutTimes.note(results, of: iteration.run)
    return try train(iteration.run, configuration, results)
  }

  /// A training iteration: next weights, rewards, history, and the proposal as a finalist.
  private func train(
    _ run: RunID, _ configuration: RunConfiguration, _ results: [EvaluationResult]
  ) throws -> Reduction {
    try IncompleteResults.check(results, expected: TaskSchedule(configuration).trainingCount)
    let reduction = IterationReduction(configuration, results: results)
    let before = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    let gradient = reduction.gradient(before)
    let after = reduction.step(before, along: gradient)
    guard after.parameters.allSatisfy({ $0.magnitude <= 1e100 }) else {
      throw TrainingDiverged(iteration: before.iteration)
    }
    let batch = try store.fields(
      [PartitionBatch.rewardsField, PartitionBatch.proposalField], in: .partitions, of: run)
    var fields: Fields = [:]
    fields[PartitionBatch.rewardsField] = batch[0]
    fields[PartitionBatch.proposalField] = batch[1]
    let count = TaskSchedule(configuration).batchSize
    let rewards = reduction.rewards(
      before: try PartitionBatch.rewards(of: fields, count: count), iteration: before.iteration)
    let names = Finalists.fieldNames(limit: configuration.finalists)
    let checkpoint = try store.fields(names + [SearchRecord.field], in: .checkpoint, of: run)
    var finalists = try Finalists(Array(checkpoint.dropLast()))
    if let evaluation = reduction.proposal {
      let partition = try PartitionBatch.partition(
        PartitionBatch.proposalField, of: fields, configuration)
      finalists.consider(
        policy(configuration, before, partition, evaluation), limit: configuration.finalists)
    }
    var entry = reduction.entry(before: before, after: after, gradient: gradient)
    entry.take(checkpoint.last.flatMap { $0 }.flatMap(SearchRecord.init(text:)))
    return Reduction(
      weights: after.fields(configuration), partitions: PartitionBatch.rewards(rewards),
      checkpoint: finalists.fields, history: entry.line)
  }

  /// The comparison of the finalists: the policy the run ends with.
  private func choose(
    _ run: RunID, _ configuration: RunConfiguration, _ results: [EvaluationResult]
  ) throws -> Reduction {
    let finalists = try Finalists(
      store.fields(
        Finalists.fieldNames(limit: configuration.finalists), in: .checkpoint, of: run))
    try IncompleteResults.check(
      results, expected: finalists.policies.count * configuration.finalistEpisodes)
    guard let best = finalists.best(results, episodes: configuration.finalistEpisodes) else {
      throw NoUsablePolicy()
    }
    return Reduction(
      weights: nil, partitions: [:], checkpoint: [Finalists.policyField: Finalists.text(best)],
      history: nil)
  }

  private func policy(
    _ configuration: RunConfiguration, _ weights: WeightsSnapshot, _ decisions: Partition,
    _ evaluation: Policy.Evaluation
  ) -> Policy {
    let (partition, shared) = deployed(configuration, weights, decisions)
    return Policy(
      environment: configuration.environment, architecture: configuration.architecture,
      policyClass: configuration.policyClass, partition: partition,
      parameters: shared
        + weights.weightsAndBiases(configuration).dropFirst(configuration.partitions),
      normalisation: weights.normalisation(configuration),
      training: .init(
        seed: configuration.seed, iteration: weights.iteration,
        controller: configuration.controller.rawValue),
      evaluation: evaluation)
  }

  /// The partition of the edges and its weights, without the weights of removed edges.
  private func deployed(
    _ configuration: RunConfiguration, _ weights: WeightsSnapshot, _ decisions: Partition
  ) -> (Partition, [Double]) {
    let partition = configuration.partition(decisions, parameters: weights.parameters)
    let shared = Array(weights.parameters.prefix(configuration.partitions))
    return configuration.policyClass.removesEdges
      ? partition.compacted(shared) : (partition, shared)
  }

  /// All results by index; a malformed one counts as failed.
  private func results(of iteration: IterationID, _ configuration: RunConfiguration)
    throws(StoreError) -> [EvaluationResult]
  {
    let texts = try store.results(of: iteration)
    let schedule = TaskSchedule(configuration)
    let count = schedule.isFinal(iteration.iteration) ? texts.count : schedule.trainingCount
    return (0..<count).map { index in
      guard let text = texts[index] else { return .failed("no result with index \(index)") }
      return EvaluationResult(text: text, observationSize: configuration.observationSize)
        ?? .failed("the result with index \(index) is malformed")
    }
  }

  /// Ends a run that cannot go on, so that it does not hold up the others.
  private func fail(_ iteration: IterationID, reason: String) throws(StoreError) {
    logger.error("run failed", metadata: ["iteration": "\(iteration)", "reason": "\(reason)"])
    try store.fail(iteration.run, message: reason)
  }
}

/// A step left the finite numbers.
struct TrainingDiverged: Error, CustomStringConvertible {
  let iteration: Int

  var description: String {
    "a weight is beyond 1e100 or no number after iteration \(iteration): use a smaller --step-size"
  }
}
