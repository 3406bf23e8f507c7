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

  /// Initial parameters: Gaussian with 1/√fan-in scale, embeddings of unit scale, forget bias 1.
  ///
  /// The projections of recurrent states into the query start small, so that at first an edge's own
  /// embedding decides its class.
  static func initial(shape: PointerShape, seed: UInt64) -> PointerWeights {
    let weights = PointerWeights(shape: shape)
    for tensor in PointerTensor.allCases {
      var stream = RandomStream(
        seed: seed, purpose: .controllerInitialisation, index: UInt32(tensor.rawValue))
      let scale = weights.initialScale(tensor)
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
    return weights
  }

  private func initialScale(_ tensor: PointerTensor) -> Double {
    let fanIn = 1 / Double(shape.rows(tensor)).squareRoot()
    switch tensor {
    case .edgeEmbedding: return 0.5
    case .classEmbedding: return 1
    case .encoderBias, .decoderBias: return 0
    case .queryProjection, .contextProjection: return 0.3 * fanIn
    case .scoreVector: return 1.5 / Double(shape.attentionWidth).squareRoot()
    default: return fanIn
    }
  }
}
