/// A partition (colouring) Φ: E → {0, …, M − 1}; the edges of one class share one weight.
public struct Partition: Sendable, Hashable {
  /// The class of every edge, length |E|, each in 0..<`classCount`.
  public let classes: [Int32]
  /// M, the number of classes a partition may use.
  public let classCount: Int

  /// A partition whose entries are already known to lie in 0..<`classCount`.
  public init(classes: [Int32], classCount: Int) {
    precondition(classCount > 0 && classes.allSatisfy { $0 >= 0 && $0 < classCount })
    self.classes = classes
    self.classCount = classCount
  }

  /// |E|.
  public var edgeCount: Int { classes.count }

  /// Number of edges in each class, length M.
  public var classSizes: [Int] {
    classes.reduce(into: [Int](repeating: 0, count: classCount)) { $0[Int($1)] += 1 }
  }

  /// Number of classes that hold at least one edge.
  public var usedClassCount: Int { classSizes.count { $0 > 0 } }
}
