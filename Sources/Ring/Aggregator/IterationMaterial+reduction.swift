import ChromaticPolicy
import RunPlan
import RunQueue

/// From an iteration's material to the effects of its reduction, without a store.
extension IterationMaterial {
  /// What is to be committed.
  ///
  /// Throws if the material does not fit together or the training has diverged: the run cannot go on.
  ///
  /// - Parameter drawn: the iteration's first directions; the others are drawn here.
  func reduction(drawn: [[Double]] = []) throws -> Reduction {
    var reduction = try training.map { try train($0, drawn: drawn) } ?? compare()
    reduction.submission = submission
    return reduction
  }

  /// A training iteration: next weights, rewards, history, and the proposal as a finalist.
  private func train(_ training: Training, drawn: [[Double]]) throws -> Reduction {
    let reduction = IterationReduction(configuration, results: results)
    let before = training.weights
    let gradient = reduction.gradient(before, drawn: drawn)
    let after = reduction.step(before, along: gradient)
    guard after.parameters.allSatisfy({ $0.magnitude <= 1e100 }) else {
      throw TrainingDiverged(iteration: before.iteration, decays: configuration.weightDecay > 0)
    }
    let count = TaskSchedule(configuration).batchSize
    let rewards = reduction.rewards(
      before: try PartitionBatch.rewards(of: training.batch, count: count), at: before,
      drawn: drawn)
    var finalists = finalists
    if let evaluation = reduction.proposal {
      let decided = try PartitionBatch.decided(
        PartitionBatch.proposalField, of: training.batch, form: before.form, configuration)
      finalists.consider(policy(before, decided, evaluation), limit: configuration.finalists)
    }
    var entry = reduction.entry(before: before, after: after, gradient: gradient)
    guard let search = training.search else {
      throw DamagedFields(
        field: SearchRecord.field,
        reason: "is missing or malformed: the checkpoint was changed or deleted by hand")
    }
    entry.take(search)
    let isLast = before.iteration + 1 == configuration.iterations
    if !isLast, finalists.reached(configuration) != nil { entry.stopped = true }
    return Reduction(
      weights: after.fields(configuration), partitions: PartitionBatch.rewards(rewards),
      checkpoint: finalists.changes(since: self.finalists), history: entry.line)
  }

  /// The proposal as a policy, without the weights of removed edges.
  private func policy(
    _ weights: WeightsSnapshot, _ decided: Decided, _ evaluation: Policy.Evaluation
  ) -> Policy {
    var played = configuration.policy(
      parameters: weights.parameters, of: weights, decided: decided, isProposal: true)
    if configuration.policyClass.removesEdges { played = played.compacted }
    return Policy(
      environment: configuration.environment, architecture: configuration.architecture,
      policyClass: configuration.policyClass, partition: played.partition,
      parameters: played.parameters,
      biasClasses: configuration.searchSpace.biasClasses(decided.partition),
      normalisation: played.normalisation,
      training: .init(
        seed: configuration.seed, iteration: weights.iteration,
        controller: configuration.controller.rawValue),
      evaluation: evaluation)
  }

  /// The comparison of the finalists: the policy the run ends with.
  private func compare() throws -> Reduction {
    let expected = finalists.policies.count * configuration.finalistEpisodes
    guard results.count == expected else {
      throw IncompleteResults(found: results.count, expected: expected)
    }
    guard let best = finalists.best(results, episodes: configuration.finalistEpisodes) else {
      throw NoUsablePolicy()
    }
    return Reduction(
      weights: nil, partitions: [:], checkpoint: [Finalists.policyField: Finalists.text(best)],
      history: nil)
  }
}

/// A comparison whose results are not all there.
///
/// Another aggregator has reduced it meanwhile, or somebody deleted them.
struct IncompleteResults: Error, CustomStringConvertible {
  let found: Int
  let expected: Int

  var description: String {
    "\(found) of \(expected) results are there: the returns key was changed or deleted by hand"
  }
}

/// A step left the finite numbers.
struct TrainingDiverged: Error, CustomStringConvertible {
  let iteration: Int
  /// Whether weights decay, which is a step, too.
  let decays: Bool

  var description: String {
    "a weight is beyond 1e100 or no number after iteration \(iteration): use a smaller "
      + (decays ? "--step-size or --weight-decay" : "--step-size")
  }
}
