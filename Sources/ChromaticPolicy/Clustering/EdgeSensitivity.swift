import ExactArithmetic

/// How much every weight and bias matters to the actions: E over inputs of Σ_a (∂y_a/∂w)².
///
/// To first order a change of the weights by d changes the actions by Σ s d² where changes of different
/// weights are independent, which is what weighted k-means then makes least.
struct EdgeSensitivity {
  private let architecture: Architecture
  /// Weights of every matrix, row by row, one row per unit.
  private let matrices: [[Double]]
  /// The same, column by column, so that sums of many units go on side by side.
  private let columns: [[Double]]
  /// Biases of every hidden layer.
  private let biases: [[Double]]

  /// - Parameters:
  ///   - weights: one per edge.
  ///   - biases: one per hidden unit.
  init(_ architecture: Architecture, weights: [Double], biases: [Double]) {
    self.architecture = architecture
    var edge = 0
    let matrices = architecture.matrices.map { matrix in
      defer { edge += matrix.rows * matrix.columns }
      return Array(weights[edge..<edge + matrix.rows * matrix.columns])
    }
    columns = zip(architecture.matrices, matrices).map { shape, matrix in
      (0..<shape.columns).flatMap { column in
        (0..<shape.rows).map { matrix[$0 * shape.columns + column] }
      }
    }
    self.matrices = matrices
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
    for (depth, matrix) in columns.enumerated() {
      let below = layers[depth]
      let units = matrix.count / below.count
      var sums = depth < biases.count ? biases[depth] : [Double](repeating: 0, count: units)
      Self.accumulate(matrix, times: below, onto: &sums)
      layers.append(Self.hyperbolicTangents(sums))
    }
    return layers
  }

  /// Adds `factors`[i] times row i of `matrix` to `sums`, in the order of i.
  private static func accumulate(
    _ matrix: [Double], times factors: [Double], onto sums: inout [Double]
  ) {
    matrix.withUnsafeBufferPointer { matrix in
      sums.withUnsafeMutableBufferPointer { sums in
        for (row, factor) in factors.enumerated() {
          let start = row * sums.count
          for place in sums.indices { sums[place] += matrix[start + place] * factor }
        }
      }
    }
  }

  /// tanh of each number, eight at a time.
  private static func hyperbolicTangents(_ values: [Double]) -> [Double] {
    stride(from: 0, to: values.count, by: 8).flatMap { start in
      let lanes = min(8, values.count - start)
      var block = SIMD8<Double>()
      for lane in 0..<lanes { block[lane] = values[start + lane] }
      block = ElementaryFunctions.hyperbolicTangent(block)
      return (0..<lanes).map { block[$0] }
    }
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
        sums.edges[depth].withUnsafeMutableBufferPointer { edges in
          let start = unit * below.count
          for (column, value) in below.enumerated() {
            edges[start + column] += square * value * value
          }
        }
      }
      guard depth > 0 else { return }
      slopes = slopes.map { inner in
        var sums = [Double](repeating: 0, count: below.count)
        Self.accumulate(matrices[depth], times: inner, onto: &sums)
        return sums
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
