import ChromaticPolicy
import ExactArithmetic

/// Partitions that were drawn side by side, and the activations of the network that drew them.
///
/// The tape is complete when the group is made and only read from then on.
struct RecordedGroup<T: NetworkScalar>: @unchecked Sendable {
  let partitions: [Partition]
  let tape: DecoderTape<T>

  /// p(class | edge, earlier decisions) of partition `index`: [edge · M + class].
  func probabilities(of index: Int, _ shape: PointerShape) -> [Double] {
    (0..<shape.edgeCount).flatMap { edge in
      let values = LaneMatrix.scalars(tape.probabilities(edge, index))
      return (0..<shape.classCount).map { Double(values[$0]) }
    }
  }
}
