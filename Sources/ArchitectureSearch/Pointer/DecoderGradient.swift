import ExactArithmetic

/// Gradient of a group of partitions with respect to what the decoder reads; groups add up.
final class DecoderGradient<T: NetworkScalar> {
  let edgeGates: LaneMatrix<T>
  let edgeQueries: LaneMatrix<T>
  let classGates: LaneMatrix<T>
  let keys: LaneMatrix<T>
  let recurrent: LaneMatrix<T>
  let queryProjection: LaneMatrix<T>
  let scoreVector: LaneMatrix<T>
  let initialHidden: LaneMatrix<T>
  let initialCell: LaneMatrix<T>

  /// All zeros.
  init(shape: PointerShape) {
    edgeGates = LaneMatrix(rows: shape.edgeCount, lanes: shape.gateLanes)
    edgeQueries = LaneMatrix(rows: shape.edgeCount, lanes: shape.attentionLanes)
    classGates = LaneMatrix(rows: shape.classCount + 1, lanes: shape.gateLanes)
    keys = LaneMatrix(rows: shape.classCount, lanes: shape.attentionLanes)
    recurrent = LaneMatrix(rows: shape.hiddenWidth, lanes: shape.gateLanes)
    queryProjection = LaneMatrix(rows: shape.hiddenWidth, lanes: shape.attentionLanes)
    scoreVector = LaneMatrix(rows: 1, lanes: shape.attentionLanes)
    initialHidden = LaneMatrix(rows: 1, lanes: shape.hiddenLanes)
    initialCell = LaneMatrix(rows: 1, lanes: shape.hiddenLanes)
  }

  private var matrices: [LaneMatrix<T>] {
    [
      edgeGates, edgeQueries, classGates, keys, recurrent, queryProjection, scoreVector,
      initialHidden, initialCell,
    ]
  }

  func add(_ other: DecoderGradient) {
    for (mine, theirs) in zip(matrices, other.matrices) { mine.add(theirs) }
  }
}
