import ChromaticPolicy
import ExactArithmetic
import Randomness

/// One matrix per tensor of the network: its parameters, or a gradient with respect to them.
final class PointerWeights<T: NetworkScalar> {
  let shape: PointerShape
  private let matrices: [LaneMatrix<T>]

  /// All zeros.
  init(shape: PointerShape) {
    self.shape = shape
    matrices = PointerTensor.allCases.map {
      LaneMatrix(rows: shape.rows($0), lanes: shape.lanes($0))
    }
  }

  /// The parameters stored in `vector`, whose length is `shape.parameterCount`.
  convenience init(shape: PointerShape, vector: [SIMD8<T>]) {
    self.init(shape: shape)
    var offset = 0
    for (tensor, matrix) in zip(PointerTensor.allCases, matrices) {
      for index in 0..<shape.count(tensor) { matrix.base[index] = vector[offset + index] }
      offset += shape.count(tensor)
    }
  }

  subscript(tensor: PointerTensor) -> LaneMatrix<T> { matrices[tensor.rawValue] }

  /// All tensors in order.
  var vector: [SIMD8<T>] {
    matrices.flatMap { UnsafeBufferPointer(start: $0.base, count: $0.rows * $0.lanes) }
  }

  /// Initial parameters: Gaussian with 1/√fan-in scale, forget bias 1, and an attention in which
  /// class m owns tanh unit m.
  ///
  /// At first s_m = R tanh(x_m) + constant, x = V_edge[e] + (small terms of the recurrent states):
  /// a bounded free logit per edge and class. A key is 2κ on the class's own unit and 0 elsewhere,
  /// and the query bias −2κ keeps the other units at −1; a random attention instead saturates into
  /// equal scores as V_edge grows. Needs d ≥ M.
  static func initial(shape: PointerShape, seed: UInt64) -> PointerWeights {
    let weights = PointerWeights(shape: shape)
    for tensor in PointerTensor.allCases {
      var stream = RandomStream(
        seed: seed, purpose: .controllerInitialisation, index: UInt32(tensor.rawValue))
      let scale = weights.noiseScale(tensor)
      let matrix = weights[tensor]
      for index in 0..<matrix.rows * matrix.lanes * 8 {
        matrix.base[index / 8][index % 8] = T(scale * stream.gaussian())
      }
    }
    for tensor in [PointerTensor.encoderBias, .decoderBias] {
      for lane in shape.hiddenLanes..<2 * shape.hiddenLanes {
        weights[tensor].base[lane] += SIMD8(repeating: 1)
      }
    }
    weights.assignUnits()
    return weights
  }

  /// Adds `embedding` to the own unit of each edge's class in `partition`.
  func concentrate(on partition: Partition, embedding: Double) {
    for (edge, chosen) in partition.classes.enumerated() {
      self[.edgeEmbedding].row(edge)[Int(chosen) / 8][Int(chosen) % 8] += T(embedding)
    }
  }

  /// The x whose unit puts its class `lead` nats before the others, which stand at 0.
  static func embedding(
    leadingBy lead: Double, classCount: Int, temperature: Double, bound: Double
  ) -> Double {
    var (low, high) = (0.0, 4.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let score = scoreRange * ElementaryFunctions.hyperbolicTangent(middle)
      let mean = score / Double(classCount)
      let reached =
        bound
        * (ElementaryFunctions.hyperbolicTangent((score - mean) / temperature)
          + ElementaryFunctions.hyperbolicTangent(mean / temperature))
      if reached < lead { low = middle } else { high = middle }
    }
    return low
  }

  private func assignUnits() {
    for unit in 0..<min(shape.classCount, shape.attentionWidth) {
      let (lane, entry) = (unit / 8, unit % 8)
      self[.classEmbedding].row(unit)[lane][entry] += 2
      self[.keyProjection].row(unit)[lane][entry] += T(Self.separation)
      self[.queryBias].base[lane][entry] -= T(2 * Self.separation)
      self[.scoreVector].base[lane][entry] += T(Self.scoreRange)
    }
  }

  /// κ: half the distance between a unit's own key and the others'.
  private static var separation: Double { 3 }
  /// R: the largest score one unit gives, and the slope of a logit in V_edge at the start.
  static var scoreRange: Double { 24 }

  private func noiseScale(_ tensor: PointerTensor) -> Double {
    let fanIn = 1 / Double(shape.rows(tensor)).squareRoot()
    switch tensor {
    case .edgeEmbedding: return 0.004
    case .classEmbedding: return 0.0005
    case .scoreVector: return 0.05
    case .keyProjection: return 0.002 * fanIn
    case .encoderBias, .decoderBias, .queryBias: return 0
    case .queryProjection, .contextProjection: return 0.01 * fanIn
    default: return fanIn
    }
  }
}
