import ExactArithmetic

/// How much every weight and bias matters to the actions: E over inputs of Σ_a (∂y_a/∂w)².
///
/// To first order a change of the weights by d changes the actions by Σ s d² where changes of different
/// weights are independent, which is what weighted k-means then makes least.
struct EdgeSensitivity {
  private let architecture: Architecture
  /// Weights of every matrix, row by row, one row per unit.
  private let matrices: [[Double]]
  /// Biases of every hidden layer.
  private let biases: [[Double]]

  /// - Parameters:
  ///   - weights: one per edge.
  ///   - biases: one per hidden unit.
  init(_ architecture: Architecture, weights: [Double], biases: [Double]) {
    self.architecture = architecture
    var edge = 0
    matrices = architecture.matrices.map { matrix in
      defer { edge += matrix.rows * matrix.columns }
      return Array(weights[edge..<edge + matrix.rows * matrix.columns])
    }
    var unit = 0
    self.biases = architecture.hiddenSizes.map { size in
      defer { unit += size }
      return Array(biases[unit..<unit + size])
    }
  }

  /// Means over `inputs`, edges in order, in units of the mean over all edges; none below a millionth, so
  /// that every one counts. All are 1 where the slopes are beyond all bounds.
  func importance(over inputs: [[Double]]) -> EdgeImportance {
    var sums = Sums(
      edges: matrices.map { [Double](repeating: 0, count: $0.count) },
      biases: biases.map { [Double](repeating: 0, count: $0.count) })
    for input in inputs { add(&sums, layers: activations(input)) }
    let (edges, units) = (Array(sums.edges.joined()), Array(sums.biases.joined()))
    let mean = edges.mean
    let isUsable = mean >= .leastNormalMagnitude && (edges + units).allSatisfy(\.isFinite)
    func relative(_ values: [Double]) -> [Double] {
      values.map { isUsable ? max($0 / mean, 1e-6) : 1 }
    }
    return EdgeImportance(edges: relative(edges), biases: relative(units))
  }

  private struct Sums {
    /// Matrix by matrix.
    var edges: [[Double]]
    /// Layer by layer.
    var biases: [[Double]]
  }

  /// The input, then what every layer puts out.
  private func activations(_ input: [Double]) -> [[Double]] {
    var layers = [input]
    for (depth, matrix) in matrices.enumerated() {
      let below = layers[depth]
      layers.append(
        (0..<matrix.count / below.count).map { unit in
          var sum = depth < biases.count ? biases[depth][unit] : 0
          for column in below.indices { sum += matrix[unit * below.count + column] * below[column] }
          return ElementaryFunctions.hyperbolicTangent(sum)
        })
    }
    return layers
  }

  /// Adds the squared slopes of all actions, from the top matrix to the bottom one.
  private func add(_ sums: inout Sums, layers: [[Double]]) {
    // slopes[a][u] is ∂y_a/∂(output u of the layer); the top one's are the identity.
    let actions = architecture.actionSize
    var slopes = (0..<actions).map { action in
      (0..<actions).map { $0 == action ? 1.0 : 0 }
    }
    for depth in matrices.indices.reversed() {
      let (below, above) = (layers[depth], layers[depth + 1])
      // ∂y_a/∂z of every unit of this layer, z its input to tanh.
      for action in 0..<actions {
        for unit in above.indices { slopes[action][unit] *= 1 - above[unit] * above[unit] }
      }
      for unit in above.indices {
        let square = (0..<actions).reduce(0) { $0 + slopes[$1][unit] * slopes[$1][unit] }
        guard square > 0 else { continue }
        if depth < biases.count { sums.biases[depth][unit] += square }
        for column in below.indices {
          sums.edges[depth][unit * below.count + column] += square * below[column] * below[column]
        }
      }
      guard depth > 0 else { return }
      let matrix = matrices[depth]
      slopes = slopes.map { inner in
        below.indices.map { column in
          var sum = 0.0
          for unit in inner.indices { sum += inner[unit] * matrix[unit * below.count + column] }
          return sum
        }
      }
    }
  }
}

/// How much edges and biases matter to the actions, each above 0, in units of the edges' mean.
public struct EdgeImportance: Sendable, Hashable {
  /// One per edge.
  public let edges: [Double]
  /// One per hidden unit.
  public let biases: [Double]
}

extension Architecture {
  /// How much every edge's weight and every bias matters to the actions: E over `inputs` of Σ_a (∂y_a/∂w)².
  ///
  /// - Parameters:
  ///   - weights: one per edge.
  ///   - biases: one per hidden unit.
  ///   - inputs: normalised observations over which the means are taken, not none.
  public func edgeImportance(
    weights: [Double], biases: [Double], over inputs: [[Double]]
  ) -> EdgeImportance {
    precondition(weights.count == edgeCount && biases.count == biasCount && !inputs.isEmpty)
    return EdgeSensitivity(self, weights: weights, biases: biases).importance(over: inputs)
  }
}
