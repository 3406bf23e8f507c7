/// A partition (colouring) Φ: E → {0, …, M − 1}; the edges of one class share one weight.
///
/// Policies of other classes than chromatic may also lack edges, which then belong to no class.
public struct Partition: Sendable, Hashable {
  /// The class of an edge that was removed from the network.
  public static let removed: Int32 = -1

  /// The class of every edge, length |E|, each in 0..<`classCount` or `removed`.
  public let classes: [Int32]
  /// M, the number of classes a partition may use.
  public let classCount: Int

  /// A partition whose entries are already known to lie in 0..<`classCount` or to be `removed`.
  public init(classes: [Int32], classCount: Int) {
    precondition(classCount > 0 && classes.allSatisfy { $0 >= Self.removed && $0 < classCount })
    self.init(unchecked: classes, classCount: classCount)
  }

  /// A partition whose classes have just been compared with `classCount`.
  init(unchecked classes: [Int32], classCount: Int) {
    self.classes = classes
    self.classCount = classCount
  }

  /// |E|.
  public var edgeCount: Int { classes.count }

  /// Number of edges that were not removed.
  public var keptEdgeCount: Int { classes.count { $0 != Self.removed } }

  /// Number of edges in each class, length M.
  public var classSizes: [Int] {
    classes.reduce(into: [Int](repeating: 0, count: classCount)) { sizes, value in
      if value != Self.removed { sizes[Int(value)] += 1 }
    }
  }

  /// Number of classes that hold at least one edge.
  public var usedClassCount: Int { classSizes.count { $0 > 0 } }
}

extension Partition {
  /// The same sharing without the classes that hold no edge, and the weights of those that stay.
  ///
  /// A partition without edges keeps one class, so that there is one.
  public func compacted(_ weights: [Double]) -> (partition: Partition, weights: [Double]) {
    precondition(weights.count == classCount)
    let kept = classSizes.indices.filter { classSizes[$0] > 0 }
    var numbers = [Int32](repeating: Self.removed, count: classCount)
    for (number, old) in kept.enumerated() { numbers[old] = Int32(number) }
    let classes = classes.map { $0 == Self.removed ? $0 : numbers[Int($0)] }
    return kept.isEmpty
      ? (Partition(classes: classes, classCount: 1), [0])
      : (Partition(classes: classes, classCount: kept.count), kept.map { weights[$0] })
  }
}
