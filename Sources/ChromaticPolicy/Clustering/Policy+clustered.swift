extension Policy {
  /// The policy with its weights clustered: every edge has the centre of its class, nothing is retrained.
  ///
  /// The classes are those of `LineClustering`, over the edges of the whole network or of each matrix by
  /// itself, every edge weighing as much as it matters to the actions (`EdgeSensitivity`). The evaluation
  /// is left out, since it was of other weights.
  ///
  /// - Parameters:
  ///   - count: M, at most, of the network or of each matrix.
  ///   - perLayer: whether every matrix has classes of its own, with the biases of the units it leads to.
  ///   - sharesBiases: whether biases are clustered with the weights, as they are where they share already.
  ///   - inputs: normalised observations over which importances are means; nil weighs all alike.
  /// - Precondition: no edge is removed.
  public func clustered(
    into count: Int, perLayer: Bool = false, sharesBiases: Bool = false,
    inputs: [[Double]]? = nil
  ) -> Policy {
    precondition(partition.keptEdgeCount == partition.edgeCount, "a removed edge has no weight")
    let sharesBiases = sharesBiases || biasClasses != nil
    let weights = partition.classes.map { sharedWeights[Int($0)] }
    let importance = inputs.map {
      architecture.edgeImportance(weights: weights, biases: biases, over: $0)
    }
    var (classes, biasClasses, centres): ([Int32], [Int32], [Double]) = ([], [], [])
    for group in perLayer ? layerRanges : [(edges: 0..<weights.count, units: 0..<biases.count)] {
      let units = sharesBiases ? group.units : 0..<0
      let found = LineClustering(
        Array(weights[group.edges]) + biases[units],
        weights: importance.map { Array($0.edges[group.edges]) + $0.biases[units] }, count: count)
      let numbers = found.classes.map { $0 + Int32(centres.count) }
      classes += numbers.prefix(group.edges.count)
      biasClasses += numbers.dropFirst(group.edges.count)
      centres += found.centres
    }
    return Policy(
      environment: environment, architecture: architecture, policyClass: .chromatic,
      partition: Partition(classes: classes, classCount: centres.count),
      parameters: centres + (sharesBiases ? biasClasses.map { centres[Int($0)] } : biases),
      biasClasses: sharesBiases ? biasClasses : nil, normalisation: normalisation,
      training: training)
  }

  /// The edges of every matrix, and the biases of the units that it leads to.
  private var layerRanges: [(edges: Range<Int>, units: Range<Int>)] {
    var (edge, unit) = (0, 0)
    return architecture.matrices.enumerated().map { depth, matrix in
      let units = depth < architecture.hiddenSizes.count ? matrix.rows : 0
      let edges = matrix.rows * matrix.columns
      defer { (edge, unit) = (edge + edges, unit + units) }
      return (edge..<edge + edges, unit..<unit + units)
    }
  }
}
