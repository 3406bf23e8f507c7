import ExactArithmetic

/// How much every edge's weight matters to the actions: E over inputs of Σ_a (∂y_a/∂w_e)².
///
/// To first order a change of the weights by d changes the actions by Σ_e s_e d_e² where changes of
/// different edges are independent, which is what weighted k-means then makes least.
struct EdgeSensitivity {
  private let architecture: Architecture
  /// One row of weights per unit, matrix by matrix.
  private let matrices: [[[Double]]]
  private let biases: [[Double]]

  init(_ policy: Policy) {
    architecture = policy.architecture
    matrices = policy.matrices.map { rows in
      rows.map { $0.map { policy.sharedWeights[$0] } }
    }
    var first = 0
    biases = policy.architecture.hiddenSizes.map { size in
      defer { first += size }
      return Array(policy.biases[first..<first + size])
    }
  }

  /// Means over `inputs`, normalised observations, in edge order.
  func means(over inputs: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: architecture.edgeCount)
    for input in inputs {
      let layers = activations(input)
      for action in 0..<architecture.actionSize { add(&sums, action, layers) }
    }
    return sums.map { $0 / Double(inputs.count) }
  }

  /// The input, then what every layer puts out.
  private func activations(_ input: [Double]) -> [[Double]] {
    var layers = [input]
    for (depth, rows) in matrices.enumerated() {
      let below = layers[depth]
      layers.append(
        rows.enumerated().map { unit, row in
          let bias = depth < biases.count ? biases[depth][unit] : 0
          let sum = zip(row, below).reduce(bias) { $0 + $1.0 * $1.1 }
          return ElementaryFunctions.hyperbolicTangent(sum)
        })
    }
    return layers
  }

  /// Adds the squared slopes of one action, from the top matrix to the bottom one.
  private func add(_ sums: inout [Double], _ action: Int, _ layers: [[Double]]) {
    var slopes = [Double](repeating: 0, count: architecture.actionSize)
    slopes[action] = 1
    var end = sums.count
    for (depth, rows) in matrices.enumerated().reversed() {
      let below = layers[depth]
      // ∂y/∂z of every unit of this layer, z its input to tanh.
      let inner = zip(slopes, layers[depth + 1]).map { $0 * (1 - $1 * $1) }
      let start = end - rows.count * below.count
      for (unit, slope) in inner.enumerated() where slope != 0 {
        for (column, value) in below.enumerated() {
          let component = slope * value
          sums[start + unit * below.count + column] += component * component
        }
      }
      slopes = below.indices.map { column in
        rows.indices.reduce(0) { $0 + inner[$1] * rows[$1][column] }
      }
      end = start
    }
  }
}
