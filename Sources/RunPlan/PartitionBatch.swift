import ChromaticPolicy
import RunQueue

/// The partitions in use and the rewards they have reached: the run's partitions hash.
///
/// They are the controller's decisions, which for policies other than chromatic ones are partitions
/// of the edges or units into kept (0) and removed (1).
///
/// Fields: `batch`, `proposal`, one per partition by its number, and `rewards`; while latents are
/// trained, `centres` beside them: the weight of every class. Where search steps come a batch late, the
/// partitions and rewards of the batch before, each with `previous:` before its name.
public enum PartitionBatch {
  /// The field of the controller's proposal.
  public static let proposalField = "proposal"
  /// The field of the batch's number.
  public static let batchField = "batch"
  /// The field of the rewards.
  public static let rewardsField = "rewards"

  /// The field of the classes' weights.
  public static let centresField = "centres"

  /// All fields of a new batch.
  ///
  /// - Parameters:
  ///   - number: the batch's, from 0.
  ///   - partitions: what the controller sampled.
  ///   - proposal: the partition that the controller would deploy.
  ///   - centres: the weight of every class where latents are trained.
  public static func fields(
    number: Int, partitions: [Partition], proposal: Partition, centres: [Double]? = nil
  ) -> Fields {
    var fields: Fields = [batchField: String(number), proposalField: proposal.text]
    if let centres { fields[centresField] = NumberList.text(centres) }
    for (index, partition) in partitions.enumerated() { fields[String(index)] = partition.text }
    fields.merge(rewards([Double?](repeating: nil, count: partitions.count))) { $1 }
    return fields
  }

  /// The field with R_max(P) of every partition, `-` where there is none yet.
  public static func rewards(_ rewards: [Double?]) -> Fields {
    [rewardsField: rewards.map { $0?.description ?? "-" }.joined(separator: ",")]
  }

  /// The partitions and rewards of the batch in `fields`, as those of the one before the next.
  public static func asPrevious(_ fields: Fields, count: Int) throws(DamagedFields) -> Fields {
    var previous: Fields = [:]
    for name in (0..<count).map(String.init) + [rewardsField] {
      previous[previousPrefix + name] = try fields.text(name)
    }
    return previous
  }

  /// The partitions and rewards of the batch before that in `fields`; nil if there was none.
  public static func previous(of fields: Fields) -> Fields? {
    var previous: Fields = [:]
    for (name, text) in fields where name.hasPrefix(previousPrefix) {
      previous[String(name.dropFirst(previousPrefix.count))] = text
    }
    return previous.isEmpty ? nil : previous
  }

  private static let previousPrefix = "previous:"

  /// The partition in field `field` of `fields`.
  public static func partition(
    _ field: String, of fields: Fields, _ configuration: RunConfiguration
  ) throws(DamagedFields) -> Partition {
    let text = try fields.text(field)
    let space = configuration.searchSpace
    guard
      let partition = Partition(
        text: text, edgeCount: space.decisionCount, classCount: space.choiceCount),
      partition.keptEdgeCount == partition.edgeCount
    else {
      throw DamagedFields(
        field: field,
        reason: "does not hold \(space.decisionCount) decisions among \(space.choiceCount) classes")
    }
    return partition
  }

  /// What was decided in field `field`, with the weight of every class, ascending, where `form` is latent.
  public static func decided(
    _ field: String, of fields: Fields, form: WeightForm, _ configuration: RunConfiguration
  ) throws(DamagedFields) -> Decided {
    let partition = try partition(field, of: fields, configuration)
    guard form == .latent else { return Decided(partition) }
    let centres = try fields.numbers(centresField, count: configuration.partitions)
    guard zip(centres, centres.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw DamagedFields(field: centresField, reason: "is not ascending")
    }
    return Decided(partition, centres: centres)
  }

  /// R_max(P) of `count` partitions.
  public static func rewards(of fields: Fields, count: Int) throws(DamagedFields) -> [Double?] {
    let parts = try fields.text(rewardsField).split(separator: ",")
    guard parts.count == count else {
      throw DamagedFields(field: rewardsField, reason: "does not hold \(count) rewards")
    }
    var rewards: [Double?] = []
    for part in parts {
      if part == "-" {
        rewards.append(nil)
      } else if let value = Double(part), CredibleRange.summary.contains(value) {
        rewards.append(value)
      } else {
        throw DamagedFields(field: rewardsField, reason: "holds '\(part)'")
      }
    }
    return rewards
  }
}
