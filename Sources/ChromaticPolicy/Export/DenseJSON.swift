import Foundation

/// A policy with its matrices written out, for programs that know nothing of partitions.
public enum DenseJSON {
  private struct Contents: Encodable {
    struct Layer: Encodable {
      /// Rows are outputs, columns inputs.
      var weights: [[Double]]
      var biases: [Double]
      var activation = "tanh"
    }

    var action: Deployment
    var environment: EnvironmentSettings
    var observationMean: [Double]
    var observationDeviation: [Double]
    var layers: [Layer]
  }

  /// One JSON object: x ← (x − mean)/deviation, then x ← tanh(weights·x + biases) per layer, then what
  /// `action` says.
  ///
  /// - Parameters:
  ///   - policy: what acts.
  ///   - rule: how outputs become actions; nil if that is not known.
  public static func encode(_ policy: Policy, rule: ActionRule?) throws -> Data {
    var biases = policy.biases[...]
    let layers = policy.denseMatrices.enumerated().map { depth, matrix in
      let isLast = depth == policy.matrices.count - 1
      let offsets =
        isLast ? [Double](repeating: 0, count: matrix.count) : Array(biases.prefix(matrix.count))
      if !isLast { biases = biases.dropFirst(matrix.count) }
      return Contents.Layer(
        weights: matrix, biases: offsets)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(
      Contents(
        action: Deployment(rule, in: policy.environment),
        environment: policy.environment, observationMean: policy.normalisation.mean,
        observationDeviation: policy.normalisation.deviation, layers: layers)) + Data("\n".utf8)
  }
}
