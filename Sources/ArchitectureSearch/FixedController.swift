import ChromaticPolicy

extension ControllerKind {
  /// One partition, given or drawn once.
  public static let fixed = ControllerKind(
    "fixed", summary: "one partition, given or drawn once", evidence: .nothing,
    create: {
      FixedController(
        $0.given ?? .uniform(edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed))
    },
    read: { reader throws(CheckpointError) in try FixedController(reading: &reader) },
    fieldBytes: { CheckpointSize.counts + CheckpointSize.partition(edgeCount: $0.edgeCount) })
}

/// One partition for ever: structured baselines, and weights retrained under a known partition.
struct FixedController: PartitionController {
  private let partition: Partition

  var edgeCount: Int { partition.edgeCount }
  var classCount: Int { partition.classCount }

  /// A controller that proposes `partition`.
  init(_ partition: Partition) { self.partition = partition }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    [Partition](repeating: partition, count: count)
  }

  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    SearchReport(
      entropyPerEdge: 0, classesUsed: Double(partition.usedClassCount), divergencePerEdge: 0)
  }

  func proposal() -> Partition { partition }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write(ControllerKind.fixed.rawValue)
    writer.write(partition.edgeCount)
    writer.write(partition.classCount)
    writer.write(partition)
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    let counts = 1...ControllerSettings.largestCount
    let edgeCount = try reader.integer(in: counts, "edge count")
    let classCount = try reader.integer(in: counts, "class count")
    partition = try reader.partition(edgeCount: edgeCount, classCount: classCount)
  }
}
