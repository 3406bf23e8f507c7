import ExactArithmetic

/// Everything the decoder needs that is the same for all partitions of a step.
///
/// The encoder LSTM runs once over V_edge; its outputs, the class embeddings and the edge embeddings
/// are projected once. The query of edge e is `edgeQueries[e]` + W2 h, where
/// `edgeQueries[e]` = b + W3 enc_e + V_edge[e]: the direct term gives every edge free logits.
final class PointerContext<T: NetworkScalar> {
  let shape: PointerShape
  let weights: PointerWeights<T>
  /// Encoder hidden and cell states, (E + 1) rows, row 0 zero.
  private let hidden: LaneMatrix<T>
  private let cell: LaneMatrix<T>
  private let gates: LaneMatrix<T>
  /// Encoder outputs, E × hidden.
  private let outputs: LaneMatrix<T>
  /// Decoder pre-activations from the encoder's output and the bias, E × 4 hidden.
  let edgeGates: LaneMatrix<T>
  /// Queries before the decoder state is added, E × d.
  let edgeQueries: LaneMatrix<T>
  /// Decoder pre-activations from the previous decision, (M + 1) × 4 hidden.
  let classGates: LaneMatrix<T>
  /// Keys of the classes, M × d.
  let keys: LaneMatrix<T>
  /// The decoder starts from the encoder's last state.
  var initialHidden: UnsafeMutablePointer<SIMD8<T>> { hidden.row(shape.edgeCount) }
  var initialCell: UnsafeMutablePointer<SIMD8<T>> { cell.row(shape.edgeCount) }

  /// Runs the encoder and the projections.
  init(weights: PointerWeights<T>) {
    let shape = weights.shape
    self.shape = shape
    self.weights = weights
    hidden = LaneMatrix(rows: shape.edgeCount + 1, lanes: shape.hiddenLanes)
    cell = LaneMatrix(rows: shape.edgeCount + 1, lanes: shape.hiddenLanes)
    gates = LaneMatrix(rows: shape.edgeCount, lanes: shape.gateLanes)
    outputs = LaneMatrix(rows: shape.edgeCount, lanes: shape.hiddenLanes)
    edgeGates = LaneMatrix(rows: shape.edgeCount, lanes: shape.gateLanes)
    edgeQueries = LaneMatrix(rows: shape.edgeCount, lanes: shape.attentionLanes)
    classGates = LaneMatrix(rows: shape.classCount + 1, lanes: shape.gateLanes)
    keys = LaneMatrix(rows: shape.classCount, lanes: shape.attentionLanes)
    encode()
    project()
  }

  private func encode() {
    Self.fill(gates, with: weights[.encoderBias])
    MatrixProduct.accumulate(into: gates, weights[.edgeEmbedding], weights[.encoderInput])
    let recurrent = weights[.encoderRecurrent]
    for edge in 0..<shape.edgeCount {
      MatrixProduct.accumulate(
        into: gates.row(edge), rows: 1, lanes: shape.gateLanes,
        LaneMatrix.scalars(hidden.row(edge)), rowStep: 0, innerStep: 1, inner: shape.hiddenWidth,
        recurrent.base)
      LongShortTermMemory.forward(
        gates: gates.row(edge), cell: cell.row(edge), nextCell: cell.row(edge + 1),
        nextHidden: hidden.row(edge + 1), lanes: shape.hiddenLanes)
    }
    outputs.base.update(
      from: hidden.row(1), count: shape.edgeCount * shape.hiddenLanes)
  }

  private func project() {
    Self.fill(edgeGates, with: weights[.decoderBias])
    MatrixProduct.accumulate(into: edgeGates, outputs, weights[.decoderContext])
    Self.fill(edgeQueries, with: weights[.queryBias])
    edgeQueries.add(weights[.edgeEmbedding])
    MatrixProduct.accumulate(into: edgeQueries, outputs, weights[.contextProjection])
    MatrixProduct.accumulate(into: classGates, weights[.classEmbedding], weights[.decoderInput])
    MatrixProduct.accumulate(
      into: keys.base, rows: keys.rows, lanes: keys.lanes, weights[.classEmbedding].scalars,
      rowStep: shape.attentionWidth, innerStep: 1, inner: shape.attentionWidth,
      weights[.keyProjection].base)
  }

  private static func fill(_ matrix: LaneMatrix<T>, with bias: LaneMatrix<T>) {
    for row in 0..<matrix.rows { matrix.row(row).update(from: bias.base, count: matrix.lanes) }
  }

  private static func addRows(of matrix: LaneMatrix<T>, to bias: LaneMatrix<T>) {
    for row in 0..<matrix.rows {
      for lane in 0..<matrix.lanes { bias.base[lane] += matrix.row(row)[lane] }
    }
  }

  /// Carries the decoder's gradient back to every parameter.
  func backward(_ decoder: DecoderGradient<T>) -> PointerWeights<T> {
    let gradient = PointerWeights<T>(shape: shape)
    gradient[.decoderRecurrent].add(decoder.recurrent)
    gradient[.queryProjection].add(decoder.queryProjection)
    gradient[.scoreVector].add(decoder.scoreVector)
    backwardClasses(decoder, into: gradient)
    backwardEdges(decoder, into: gradient)
    return gradient
  }

  private func backwardClasses(_ decoder: DecoderGradient<T>, into gradient: PointerWeights<T>) {
    let embedding = weights[.classEmbedding]
    MatrixProduct.accumulateTransposed(
      into: gradient[.decoderInput], embedding, decoder.classGates)
    MatrixProduct.accumulate(
      into: gradient[.classEmbedding], decoder.classGates, weights[.decoderInput].transposed())
    MatrixProduct.accumulate(
      into: gradient[.keyProjection].base, rows: shape.attentionWidth, lanes: shape.attentionLanes,
      embedding.scalars, rowStep: 1, innerStep: shape.attentionWidth, inner: shape.classCount,
      decoder.keys.base)
    MatrixProduct.accumulate(
      into: gradient[.classEmbedding], decoder.keys, weights[.keyProjection].transposed())
  }

  private func backwardEdges(_ decoder: DecoderGradient<T>, into gradient: PointerWeights<T>) {
    MatrixProduct.accumulateTransposed(into: gradient[.decoderContext], outputs, decoder.edgeGates)
    MatrixProduct.accumulateTransposed(
      into: gradient[.contextProjection], outputs, decoder.edgeQueries)
    Self.addRows(of: decoder.edgeGates, to: gradient[.decoderBias])
    Self.addRows(of: decoder.edgeQueries, to: gradient[.queryBias])
    gradient[.edgeEmbedding].add(decoder.edgeQueries)
    let outputGradient = LaneMatrix<T>(rows: shape.edgeCount, lanes: shape.hiddenLanes)
    MatrixProduct.accumulate(
      into: outputGradient, decoder.edgeGates, weights[.decoderContext].transposed())
    MatrixProduct.accumulate(
      into: outputGradient, decoder.edgeQueries, weights[.contextProjection].transposed())
    backwardEncoder(
      outputGradient, finalHidden: decoder.initialHidden, finalCell: decoder.initialCell,
      into: gradient)
  }

  private func backwardEncoder(
    _ outputGradient: LaneMatrix<T>, finalHidden: LaneMatrix<T>, finalCell: LaneMatrix<T>,
    into gradient: PointerWeights<T>
  ) {
    let gateGradient = LaneMatrix<T>(rows: shape.edgeCount, lanes: shape.gateLanes)
    let recurrentTransposed = weights[.encoderRecurrent].transposed()
    let hiddenGradient = finalHidden
    let cellGradient = finalCell
    for edge in stride(from: shape.edgeCount - 1, through: 0, by: -1) {
      for lane in 0..<shape.hiddenLanes {
        hiddenGradient.base[lane] += outputGradient.row(edge)[lane]
      }
      LongShortTermMemory.backward(
        gates: gates.row(edge), cell: cell.row(edge), nextCell: cell.row(edge + 1),
        hiddenGradient: hiddenGradient.base, cellGradient: cellGradient.base,
        gateGradient: gateGradient.row(edge), lanes: shape.hiddenLanes)
      hiddenGradient.clear()
      MatrixProduct.accumulate(
        into: hiddenGradient.base, rows: 1, lanes: shape.hiddenLanes,
        LaneMatrix.scalars(gateGradient.row(edge)), rowStep: 0, innerStep: 1,
        inner: 4 * shape.hiddenWidth, recurrentTransposed.base)
    }
    Self.addRows(of: gateGradient, to: gradient[.encoderBias])
    MatrixProduct.accumulateTransposed(
      into: gradient[.encoderInput], weights[.edgeEmbedding], gateGradient)
    MatrixProduct.accumulate(
      into: gradient[.edgeEmbedding], gateGradient, weights[.encoderInput].transposed())
    MatrixProduct.accumulate(
      into: gradient[.encoderRecurrent].base, rows: shape.hiddenWidth, lanes: shape.gateLanes,
      hidden.scalars, rowStep: 1, innerStep: shape.hiddenWidth, inner: shape.edgeCount,
      gateGradient.base)
  }
}
