import ExactArithmetic

/// Activations of one group of partitions, kept for back-propagation through time.
///
/// State t is the one before edge t. A tape that only serves sampling keeps two steps.
final class DecoderTape<T: NetworkScalar> {
  /// Partitions in the group.
  let width: Int
  private let steps: Int
  private let hidden: LaneMatrix<T>
  private let cell: LaneMatrix<T>
  private let gates: LaneMatrix<T>
  private let queries: LaneMatrix<T>
  private let logits: LaneMatrix<T>
  private let probabilities: LaneMatrix<T>

  /// A tape that keeps every step if `recording`.
  init(shape: PointerShape, width: Int, recording: Bool) {
    self.width = width
    steps = recording ? shape.edgeCount + 1 : 2
    hidden = LaneMatrix(rows: steps * width, lanes: shape.hiddenLanes)
    cell = LaneMatrix(rows: steps * width, lanes: shape.hiddenLanes)
    gates = LaneMatrix(rows: steps * width, lanes: shape.gateLanes)
    queries = LaneMatrix(rows: steps * width, lanes: shape.attentionLanes)
    logits = LaneMatrix(rows: steps * width, lanes: shape.classLanes)
    probabilities = LaneMatrix(rows: steps * width, lanes: shape.classLanes)
  }

  /// Bytes a recording tape takes per partition.
  static func bytesPerPartition(_ shape: PointerShape) -> Int {
    let lanes =
      2 * shape.hiddenLanes + shape.gateLanes + shape.attentionLanes + 2 * shape.classLanes
    return (shape.edgeCount + 1) * lanes * MemoryLayout<SIMD8<T>>.stride
  }

  @inline(__always)
  private func row(_ matrix: LaneMatrix<T>, _ step: Int, _ index: Int)
    -> UnsafeMutablePointer<SIMD8<T>>
  {
    matrix.row(step % steps * width + index)
  }

  @inline(__always)
  func hidden(_ step: Int, _ index: Int = 0) -> UnsafeMutablePointer<SIMD8<T>> {
    row(hidden, step, index)
  }

  @inline(__always)
  func cell(_ step: Int, _ index: Int) -> UnsafeMutablePointer<SIMD8<T>> { row(cell, step, index) }

  @inline(__always)
  func gates(_ step: Int, _ index: Int = 0) -> UnsafeMutablePointer<SIMD8<T>> {
    row(gates, step, index)
  }

  @inline(__always)
  func query(_ step: Int, _ index: Int = 0) -> UnsafeMutablePointer<SIMD8<T>> {
    row(queries, step, index)
  }

  @inline(__always)
  func logits(_ step: Int, _ index: Int) -> UnsafeMutablePointer<SIMD8<T>> {
    row(logits, step, index)
  }

  @inline(__always)
  func probabilities(_ step: Int, _ index: Int) -> UnsafeMutablePointer<SIMD8<T>> {
    row(probabilities, step, index)
  }
}
