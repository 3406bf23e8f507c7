extension Policy {
  /// The policy with its weights clustered: every edge has the centre of its class, nothing is retrained.
  ///
  /// The classes are those of `LineClustering`, over the edges of the whole network or of each matrix by
  /// itself, every edge weighing as much as it matters to the actions (`EdgeSensitivity`). The evaluation
  /// is left out, since it was of other weights.
  ///
  /// - Parameters:
  ///   - count: M, at most, of the network or of each matrix.
  ///   - perLayer: whether every matrix has classes of its own.
  ///   - inputs: normalised observations over which sensitivities are means; nil weighs all edges alike.
  /// - Precondition: no edge is removed.
  public func clustered(
    into count: Int, perLayer: Bool = false, inputs: [[Double]]? = nil
  ) -> Policy {
    precondition(partition.keptEdgeCount == partition.edgeCount, "a removed edge has no weight")
    let weights = partition.classes.map { sharedWeights[Int($0)] }
    let importance = inputs.map {
      architecture.edgeImportance(weights: weights, biases: biases, over: $0)
    }
    var classes: [Int32] = []
    var centres: [Double] = []
    for range in perLayer ? matrixRanges : [0..<weights.count] {
      let found = LineClustering(
        Array(weights[range]), weights: importance.map { Array($0[range]) }, count: count)
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
