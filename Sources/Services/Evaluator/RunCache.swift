import ChromaticPolicy
import Environments
import RunProtocol

/// Makes the environment that given settings name.
public typealias EnvironmentMaker = @Sendable (EnvironmentSettings) throws -> any Environment

/// What one evaluator slot keeps of the run it works on, so that weights travel once per iteration
/// and a partition once per batch.
final class RunCache {
  let run: RunID
  let configuration: RunConfiguration
  let rollout: Rollout

  private var weights: WeightsSnapshot?
  private var batch: Int?
  private var partitions: [String: Partition] = [:]
  private var finalists: [Int: Policy] = [:]

  /// Reads the run's configuration and opens its environment.
  init(_ run: RunID, store: any RunStore, environments: EnvironmentMaker) throws {
    self.run = run
    configuration = try RunConfiguration(store.fields(.config, of: run))
    let environment = try environments(configuration.environment)
    guard environment.observationSize == configuration.observationSize,
      environment.actionSize == configuration.actionSize
    else {
      throw EnvironmentFailure(
        "\(configuration.environment.id) has \(environment.observationSize) observations and "
          + "\(environment.actionSize) actions here, the run was submitted with "
          + "\(configuration.observationSize) and \(configuration.actionSize)")
    }
    rollout = Rollout(
      in: environment, hiddenSizes: configuration.hiddenSizes,
      actionRepeat: configuration.environment.actionRepeat)
  }

  /// The weights that start `iteration`, or nil if the run is no longer there.
  func weights(of iteration: Int, store: any RunStore) throws -> WeightsSnapshot? {
    if weights?.iteration != iteration {
      weights = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    }
    return weights?.iteration == iteration ? weights : nil
  }

  /// A partition of batch number `number`, or nil if that batch is no longer in use.
  func partition(_ field: String, batch number: Int, store: any RunStore) throws -> Partition? {
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

  /// Finalist number `number`, or nil if there is none.
  func finalist(_ number: Int, store: any RunStore) throws -> Policy? {
    if let policy = finalists[number] { return policy }
    let field = Finalists.field(number)
    guard let text = try store.fields([field], in: .checkpoint, of: run)[0] else { return nil }
    let policy = try Finalists.policy(text, field: field)
    guard policy.architecture == configuration.architecture else {
      throw DamagedFields(field: field, reason: "has another architecture than its run")
    }
    finalists[number] = policy
    return policy
  }
}
