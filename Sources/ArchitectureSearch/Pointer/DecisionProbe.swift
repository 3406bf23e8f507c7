import ChromaticPolicy
import ExactArithmetic

/// The class distributions of a step's first partitions: what KL and entropy are measured on.
struct DecisionProbe {
  let partitions: [Partition]
  private let probabilities: [[Double]]
  private let edgeCount: Int

  /// Mean over partitions and edges of −Σ p ln p, in nats.
  var entropyPerEdge: Double {
    average { row, _ in -row.reduce(0) { $0 + $1 * Self.logarithm($1) } }
  }

  /// Runs the decoder over the first few of `partitions`.
  init(_ network: PointerNetwork<Float>, _ partitions: [Partition]) {
    self.partitions = Array(partitions.prefix(8))
    probabilities = network.probabilities(of: self.partitions)
    edgeCount = network.context.shape.edgeCount
  }

  /// Mean over partitions and edges of KL(self ‖ other), in nats.
  func divergence(from other: DecisionProbe) -> Double {
    average { row, index in
      zip(row, other.probabilities[index]).reduce(0) {
        $0 + $1.0 * (Self.logarithm($1.0) - Self.logarithm($1.1))
      }
    }
  }

  private func average(_ total: ([Double], Int) -> Double) -> Double {
    probabilities.enumerated().map { total($1, $0) / Double(edgeCount) }.mean
  }

  /// ln p, where p below the smallest normal float counts as that.
  private static func logarithm(_ p: Double) -> Double {
    ElementaryFunctions.naturalLogarithm(max(p, 0x1p-126))
  }
}
