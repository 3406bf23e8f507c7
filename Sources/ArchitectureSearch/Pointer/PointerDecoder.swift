import ChromaticPolicy
import ExactArithmetic
import Randomness

/// The decoder LSTM: one class per edge, in the order of the edges, each fed back as an embedding.
struct PointerDecoder<T: NetworkScalar> {
  let context: PointerContext<T>
  let attention: ClassAttention<T>

  var shape: PointerShape { context.shape }

  /// A decoder over `context`.
  init(context: PointerContext<T>, temperature: Double, bound: Double) {
    self.context = context
    attention = ClassAttention(
      keys: context.keys, scoreVector: context.weights[.scoreVector], temperature: T(temperature),
      bound: T(bound))
  }

  /// Runs `tape.width` partitions through all edges; `decide` names the class of (edge, partition).
  @inline(__always)
  func run(_ tape: DecoderTape<T>, decide: (Int, Int, UnsafeMutablePointer<SIMD8<T>>) -> Int) {
    var previous = [Int](repeating: shape.classCount, count: tape.width)
    for index in 0..<tape.width {
      tape.hidden(0, index).update(from: context.initialHidden, count: shape.hiddenLanes)
      tape.cell(0, index).update(from: context.initialCell, count: shape.hiddenLanes)
    }
    for edge in 0..<shape.edgeCount {
      advance(tape, edge: edge, previous: previous)
      attend(tape, edge: edge)
      for index in 0..<tape.width {
        previous[index] = decide(edge, index, tape.probabilities(edge, index))
      }
    }
  }

  private func advance(_ tape: DecoderTape<T>, edge: Int, previous: [Int]) {
    let edgeGates = context.edgeGates.row(edge)
    for index in 0..<tape.width {
      let gates = tape.gates(edge, index)
      let classGates = context.classGates.row(previous[index])
      for lane in 0..<shape.gateLanes { gates[lane] = edgeGates[lane] + classGates[lane] }
    }
    MatrixProduct.accumulate(
      into: tape.gates(edge), rows: tape.width, lanes: shape.gateLanes,
      LaneMatrix.scalars(tape.hidden(edge)), rowStep: shape.hiddenWidth, innerStep: 1,
      inner: shape.hiddenWidth, context.weights[.decoderRecurrent].base)
    for index in 0..<tape.width {
      LongShortTermMemory.forward(
        gates: tape.gates(edge, index), cell: tape.cell(edge, index),
        nextCell: tape.cell(edge + 1, index), nextHidden: tape.hidden(edge + 1, index),
        lanes: shape.hiddenLanes)
    }
  }

  private func attend(_ tape: DecoderTape<T>, edge: Int) {
    for index in 0..<tape.width {
      tape.query(edge, index).update(
        from: context.edgeQueries.row(edge), count: shape.attentionLanes)
    }
    MatrixProduct.accumulate(
      into: tape.query(edge), rows: tape.width, lanes: shape.attentionLanes,
      LaneMatrix.scalars(tape.hidden(edge + 1)), rowStep: shape.hiddenWidth, innerStep: 1,
      inner: shape.hiddenWidth, context.weights[.queryProjection].base)
    for index in 0..<tape.width {
      attention.forward(
        query: tape.query(edge, index), logits: tape.logits(edge, index),
        probabilities: tape.probabilities(edge, index), classLanes: shape.classLanes)
    }
  }

  /// Draws one partition per stream; `tape` has a place for each.
  func sample(_ streams: [RandomStream], on tape: DecoderTape<T>) -> [Partition] {
    var streams = streams
    var classes = streams.map { _ in [Int32](repeating: 0, count: shape.edgeCount) }
    run(tape) { edge, index, probabilities in
      let choice = draw(T(streams[index].uniform()), from: probabilities)
      classes[index][edge] = Int32(choice)
      return choice
    }
    return classes.map { Partition(classes: $0, classCount: shape.classCount) }
  }

  private func draw(_ uniform: T, from probabilities: UnsafeMutablePointer<SIMD8<T>>) -> Int {
    let values = LaneMatrix.scalars(probabilities)
    var cumulative: T = 0
    for index in 0..<shape.classCount {
      cumulative += values[index]
      if uniform < cumulative { return index }
    }
    return mode(probabilities)
  }

  private func mode(_ probabilities: UnsafeMutablePointer<SIMD8<T>>) -> Int {
    let values = LaneMatrix.scalars(probabilities)
    return (0..<shape.classCount).reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  /// The partition of the most probable class at every edge in turn.
  func greedyPartition() -> Partition {
    var classes: [Int32] = []
    run(DecoderTape<T>(shape: shape, width: 1, recording: false)) { _, _, probabilities in
      classes.append(Int32(mode(probabilities)))
      return Int(classes[classes.count - 1])
    }
    return Partition(classes: classes, classCount: shape.classCount)
  }

  /// Records the activations of given partitions.
  func record(_ partitions: ArraySlice<Partition>, on tape: DecoderTape<T>) {
    let first = partitions.startIndex
    run(tape) { edge, index, _ in Int(partitions[first + index].classes[edge]) }
  }
}
