import ChromaticPolicy

/// One of the controllers that the figures compare, as a value that states its own rules.
///
/// Every kind stands in its controller's file and has a row in `allCases`; whoever works with
/// controllers asks the value and knows none of them.
public struct ControllerKind: Sendable {
  /// The name in checkpoints, configurations and reports, and after `--controller`.
  public let rawValue: String
  /// What its partitions come from, in a few words.
  public let summary: String
  /// What it learns from.
  public let evidence: Evidence
  /// The settings of a search that it heeds.
  public let parameters: Set<Parameter>

  let create: @Sendable (Beginning) -> any PartitionController
  let read: @Sendable (inout CheckpointReader) throws(CheckpointError) -> any PartitionController
  let fieldBytes: @Sendable (Extent) -> Int

  /// A kind by its rules.
  ///
  /// - Parameters:
  ///   - parameters: the settings of a search that it heeds.
  ///   - create: makes a new controller.
  ///   - read: restores one from the fields behind its name, which it wrote itself.
  ///   - fieldBytes: at least as many bytes as those fields ever take.
  init(
    _ name: String, summary: String, evidence: Evidence = .rewards,
    parameters: Set<Parameter> = [],
    create: @escaping @Sendable (Beginning) -> any PartitionController,
    read:
      @escaping @Sendable (inout CheckpointReader) throws(CheckpointError) ->
      any PartitionController,
    fieldBytes: @escaping @Sendable (Extent) -> Int
  ) {
    rawValue = name
    self.summary = summary
    self.evidence = evidence
    self.parameters = parameters
    self.create = create
    self.read = read
    self.fieldBytes = fieldBytes
  }

  /// What a controller learns from.
  public enum Evidence: Sendable {
    /// Nothing: it proposes the same partition for ever.
    case nothing
    /// The rewards of the partitions in its batch.
    case rewards
    /// Latent weights, one per edge, that evolution strategies train; it is a `LatentController`.
    case latents
  }

  /// A setting of a search that not every controller has a use for.
  public enum Parameter: Sendable {
    /// The step of its learning rule.
    case learningRate
    /// How close to one partition it starts.
    case initialConcentration
    /// The weight of partitions kept from earlier batches.
    case replayWeight
  }

  /// Whether its partitions change.
  public var searches: Bool { evidence != .nothing }

  /// What a new controller is made of.
  struct Beginning {
    let edgeCount: Int
    let classCount: Int
    let seed: UInt64
    let settings: ControllerSettings
    let given: Partition?
  }

  /// What the size of a controller's checkpoint depends on.
  struct Extent {
    let edgeCount: Int
    let classCount: Int
    /// Partitions in a batch.
    let batchSize: Int
    let settings: ControllerSettings
  }
}

extension ControllerKind {
  /// A new controller for partitions of `edgeCount` edges into at most `classCount` classes.
  ///
  /// - Parameters:
  ///   - edgeCount: edges of a partition.
  ///   - classCount: M, the most classes of a partition.
  ///   - seed: names the random draws of its beginning.
  ///   - settings: how it searches.
  ///   - given: what a controller without search proposes; nil for a uniform draw.
  /// - Precondition: counts are positive, `settings.problem` is nil and `given` has these counts.
  public func make(
    edgeCount: Int, classCount: Int, seed: UInt64, settings: ControllerSettings = .init(),
    given: Partition? = nil
  ) -> any PartitionController {
    precondition(edgeCount > 0 && classCount > 0, "a partition needs edges and classes")
    if let problem = settings.problem { preconditionFailure(problem) }
    return create(
      Beginning(
        edgeCount: edgeCount, classCount: classCount, seed: seed, settings: settings, given: given))
  }

  /// The controller whose `checkpoint()` gave these bytes; it continues bit for bit.
  public static func restore(checkpoint: [UInt8]) throws(CheckpointError)
    -> any PartitionController
  {
    var reader = try CheckpointReader(checkpoint)
    let name = try reader.text()
    guard let kind = ControllerKind(rawValue: name) else {
      throw CheckpointError(code: .invalidField, detail: "unknown controller kind \(name)")
    }
    let restored = try kind.read(&reader)
    try reader.finish()
    return restored
  }

  /// At least as many bytes as the checkpoint of such a controller ever has.
  ///
  /// - Parameters:
  ///   - edgeCount: edges of a partition.
  ///   - classCount: M, the most classes of a partition.
  ///   - batchSize: partitions in a batch.
  ///   - settings: how it searches.
  public func checkpointBound(
    edgeCount: Int, classCount: Int, batchSize: Int, settings: ControllerSettings = .init()
  ) -> Int {
    CheckpointSize.frame(of: rawValue)
      + fieldBytes(
        Extent(
          edgeCount: edgeCount, classCount: classCount, batchSize: batchSize, settings: settings))
  }
}
