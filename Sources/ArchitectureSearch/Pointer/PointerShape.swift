/// The sizes of a pointer network and where each of its tensors lies in the parameter vector.
struct PointerShape: Hashable, Sendable {
  /// |E|.
  let edgeCount: Int
  /// M.
  let classCount: Int
  /// Width of both LSTMs, a multiple of 8.
  let hiddenWidth: Int
  /// Width d of embeddings, keys and queries, a multiple of 8.
  let attentionWidth: Int

  /// Vectors per hidden state.
  var hiddenLanes: Int { hiddenWidth / 8 }
  /// Vectors per row of the four LSTM gates (input, forget, candidate, output).
  var gateLanes: Int { hiddenWidth / 2 }
  /// Vectors per embedding, key or query.
  var attentionLanes: Int { attentionWidth / 8 }
  /// Vectors per row of class scores; lanes beyond M are padding.
  var classLanes: Int { (classCount + 7) / 8 }

  /// Rows of `tensor`.
  func rows(_ tensor: PointerTensor) -> Int {
    switch tensor {
    case .edgeEmbedding: edgeCount
    case .classEmbedding: classCount + 1
    case .encoderInput, .decoderInput, .keyProjection: attentionWidth
    case .encoderRecurrent, .decoderContext, .decoderRecurrent: hiddenWidth
    case .queryProjection, .contextProjection: hiddenWidth
    case .encoderBias, .decoderBias, .queryBias, .scoreVector: 1
    }
  }

  /// Vectors per row of `tensor`.
  func lanes(_ tensor: PointerTensor) -> Int {
    switch tensor {
    case .edgeEmbedding, .classEmbedding, .keyProjection: attentionLanes
    case .queryProjection, .contextProjection, .queryBias, .scoreVector: attentionLanes
    case .encoderInput, .encoderRecurrent, .encoderBias: gateLanes
    case .decoderInput, .decoderContext, .decoderRecurrent, .decoderBias: gateLanes
    }
  }

  /// Vectors of `tensor`.
  func count(_ tensor: PointerTensor) -> Int { rows(tensor) * lanes(tensor) }

  /// Vectors of all parameters.
  var parameterCount: Int { PointerTensor.allCases.reduce(0) { $0 + count($1) } }
}

/// The trained tensors, in their order within the parameter vector.
enum PointerTensor: Int, CaseIterable {
  /// V_edge: E × d.
  case edgeEmbedding
  /// V_partition: (M + 1) × d; the last row is the decoder's first input.
  case classEmbedding
  case encoderInput
  case encoderRecurrent
  case encoderBias
  /// Decoder gates from the embedding of the previous decision.
  case decoderInput
  /// Decoder gates from the encoder's output at the edge.
  case decoderContext
  case decoderRecurrent
  case decoderBias
  /// W1: class embedding to key.
  case keyProjection
  /// W2: decoder state to query.
  case queryProjection
  /// W3: encoder output to query.
  case contextProjection
  /// Added to every query.
  case queryBias
  /// v: weights of the tanh units.
  case scoreVector
}
