import ChromaticPolicy
import RunPlan
import RunQueue

/// What one evaluator slot keeps of the run it works on, so that weights travel once per iteration
/// and a partition once per batch.
struct RunCache {
  let run: RunID

  private let player: EpisodePlayer
  private let configuration: RunConfiguration
  private var weights: WeightsSnapshot?
  private var batch: Int?
  private var partitions: [String: Partition] = [:]
  private var finalists: [Int: PlayedPolicy] = [:]

  /// Reads the run's configuration and makes its player.
  init(_ run: RunID, store: any RunReader, player: EpisodePlayerMaker) throws {
    self.run = run
    configuration = try RunConfiguration(store.fields(.config, of: run))
    self.player = try player(configuration)
  }

  /// Has the episode played that `task` asks for; nil if its iteration is over.
  mutating func play(
    _ task: TaskID, store: any RunReader
  ) throws -> EvaluationResult.Episode? {
    guard let evaluation = Evaluation(task, of: configuration) else { throw StrayTask(task: task) }
    guard let policy = try policy(of: evaluation, store: store) else { return nil }
    return try player(EpisodeRequest(task: task, policy: policy, random: evaluation.episode))
  }

  private mutating func policy(
    of evaluation: Evaluation, store: any RunReader
  ) throws -> PlayedPolicy? {
    guard let field = evaluation.partitionField else {
      return try finalist(evaluation, store: store)
    }
    guard let weights = try weights(of: evaluation.task.iteration.iteration, store: store),
      let decisions = try partition(field, batch: evaluation.batch, store: store)
    else { return nil }
    return evaluation.policy(weights, decisions: decisions)
  }

  /// The weights that start `iteration`, or nil if the run is no longer there.
  private mutating func weights(
    of iteration: Int, store: any RunReader
  ) throws -> WeightsSnapshot? {
    if weights?.iteration != iteration {
      weights = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    }
    return weights?.iteration == iteration ? weights : nil
  }

  /// A partition of batch number `number`, or nil if that batch is no longer in use.
  private mutating func partition(
    _ field: String, batch number: Int, store: any RunReader
  ) throws -> Partition? {
    if batch != number { partitions = [:] }
    if let partition = partitions[field] { return partition }
    let values = try store.fields(
      [PartitionBatch.batchField, field], in: .partitions, of: run)
    guard values[0] == String(number), let text = values[1] else { return nil }
    let partition = try PartitionBatch.partition(text: text, field: field, configuration)
    batch = number
    partitions[field] = partition
    return partition
  }

  /// The finalist to be compared, or nil if there is none.
  private mutating func finalist(
    _ evaluation: Evaluation, store: any RunReader
  ) throws -> PlayedPolicy? {
    guard case .finalist(let number) = evaluation.kind else { return nil }
    if let policy = finalists[number] { return policy }
    let field = Finalists.field(number)
    guard let text = try store.fields([field], in: .checkpoint, of: run)[0] else { return nil }
    let policy = try Finalists.policy(text, field: field)
    guard policy.architecture == configuration.architecture else {
      throw DamagedFields(field: field, reason: "has another architecture than its run")
    }
    let played = PlayedPolicy(policy)
    finalists[number] = played
    return played
  }
}

/// A task that the run's schedule does not have.
struct StrayTask: Error, CustomStringConvertible {
  let task: TaskID

  var description: String { "task \(task) is not in the run's schedule" }
}
