extension PolicyClass {
  /// A controller decides which hidden units to delete, with all their edges.
  ///
  /// The paper's Table 2 has no deleted units; their dictionary here is one bit per hidden unit.
  public static let nodeDeletion = PolicyClass(
    "node-deletion", summary: "the controller decides which units to delete",
    arguments: [.init(.searchSpace, "node-deletion")],
    weights: { $0.edgeCount },
    decisions: .removal(of: { $0.biasCount }, leaving: Partition.keepingUnits),
    dictionary: { $1.biasCount },
    removesEdges: true, deletesUnits: true,
    objection: { $0.hiddenSizes.isEmpty ? "needs hidden units: give --hidden sizes" : nil })
}

extension Partition {
  /// A class of its own for every edge that joins no deleted unit; units are numbered layer by layer.
  fileprivate static func keepingUnits(_ decisions: Partition, on architecture: Architecture)
    -> Partition
  {
    var classes: [Int32] = []
    classes.reserveCapacity(architecture.edgeCount)
    var firstUnit = 0
    let last = architecture.matrices.count - 1
    for (depth, matrix) in architecture.matrices.enumerated() {
      for row in 0..<matrix.rows {
        let keepsTarget = depth == last || decisions.classes[firstUnit + row] == 0
        for column in 0..<matrix.columns {
          let keepsSource =
            depth == 0 || decisions.classes[firstUnit - matrix.columns + column] == 0
          classes.append(keepsSource && keepsTarget ? Int32(classes.count) : removed)
        }
      }
      firstUnit += matrix.rows
    }
    return Partition(classes: classes, classCount: architecture.edgeCount)
  }
}
