extension Policy {
  /// The policy with its weights clustered: every edge has the centre of its class, nothing is retrained.
  ///
  /// The classes are those of `LineClustering`, over the edges of the whole network or of each matrix by
  /// itself. The evaluation is left out, since it was of other weights.
  ///
  /// - Parameters:
  ///   - count: M, at most, of the network or of each matrix.
  ///   - perLayer: whether every matrix has classes of its own.
  /// - Precondition: no edge is removed.
  public func clustered(into count: Int, perLayer: Bool = false) -> Policy {
    precondition(partition.keptEdgeCount == partition.edgeCount, "a removed edge has no weight")
    let weights = partition.classes.map { sharedWeights[Int($0)] }
    var classes: [Int32] = []
    var centres: [Double] = []
    for range in perLayer ? matrixRanges : [0..<weights.count] {
      let found = LineClustering(Array(weights[range]), count: count)
      classes += found.classes.map { $0 + Int32(centres.count) }
      centres += found.centres
    }
    return Policy(
      environment: environment, architecture: architecture, policyClass: .chromatic,
      partition: Partition(classes: classes, classCount: centres.count),
      parameters: centres + biases, normalisation: normalisation, training: training)
  }

  /// The edges of every matrix.
  private var matrixRanges: [Range<Int>] {
    var first = 0
    return architecture.matrices.map { matrix in
      defer { first += matrix.rows * matrix.columns }
      return first..<first + matrix.rows * matrix.columns
    }
  }
}
