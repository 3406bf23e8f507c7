import ChromaticPolicy
import ExactArithmetic

/// Back-propagation through time.
extension PointerDecoder {
  /// Adds the gradient of Σ_i a_i ln π(P_i) + β Σ_i Σ_e entropy(e | P_i) over one recorded group.
  ///
  /// a_i are `advantages`, β is `entropyWeight`. The entropy term counts each decision's own
  /// distribution, given the decisions before it.
  func accumulateGradient(
    of partitions: ArraySlice<Partition>, advantages: ArraySlice<Double>, entropyWeight: Double,
    tape: DecoderTape<T>, into gradient: DecoderGradient<T>
  ) {
    let scratch = BackwardScratch<T>(context: context, width: tape.width)
    let partitions = Array(partitions)
    let advantages = advantages.map { T($0) }
    for edge in stride(from: shape.edgeCount - 1, through: 0, by: -1) {
      backwardAttention(
        edge, partitions, advantages, T(entropyWeight), tape, scratch, into: gradient)
      backwardRecurrence(edge, partitions, tape, scratch, into: gradient)
    }
    for index in 0..<tape.width {
      for lane in 0..<shape.hiddenLanes {
        gradient.initialHidden.base[lane] += scratch.hidden.row(index)[lane]
        gradient.initialCell.base[lane] += scratch.cell.row(index)[lane]
      }
    }
  }

  private func backwardAttention(
    _ edge: Int, _ partitions: [Partition], _ advantages: [T], _ entropyWeight: T,
    _ tape: DecoderTape<T>, _ scratch: BackwardScratch<T>, into gradient: DecoderGradient<T>
  ) {
    let edgeQuery = gradient.edgeQueries.row(edge)
    for index in 0..<tape.width {
      let query = scratch.query.row(index)
      logitGradient(
        choice: Int(partitions[index].classes[edge]), advantage: advantages[index],
        entropyWeight: entropyWeight, logits: tape.logits(edge, index),
        probabilities: tape.probabilities(edge, index), into: scratch.logits.base)
      attention.backward(
        query: tape.query(edge, index), logits: tape.logits(edge, index),
        logitGradient: scratch.logits.base, queryGradient: query,
        keyGradient: gradient.keys, scoreGradient: gradient.scoreVector.base,
        classLanes: shape.classLanes)
      for lane in 0..<shape.attentionLanes { edgeQuery[lane] += query[lane] }
    }
    MatrixProduct.accumulate(into: scratch.hidden, scratch.query, scratch.queryTransposed)
    MatrixProduct.accumulate(
      into: gradient.queryProjection.base, rows: shape.hiddenWidth, lanes: shape.attentionLanes,
      LaneMatrix.scalars(tape.hidden(edge + 1)), rowStep: 1, innerStep: shape.hiddenWidth,
      inner: tape.width, scratch.query.base)
  }

  /// a (onehot − p) − β p (ln p + entropy), where ln p = logit − ln Σ exp.
  @inline(__always)
  private func logitGradient(
    choice: Int, advantage: T, entropyWeight: T, logits: UnsafeMutablePointer<SIMD8<T>>,
    probabilities: UnsafeMutablePointer<SIMD8<T>>, into result: UnsafeMutablePointer<SIMD8<T>>
  ) {
    var meanLogit = SIMD8<T>.zero
    for lane in 0..<shape.classLanes { meanLogit += probabilities[lane] * logits[lane] }
    let mean = MatrixProduct.sum(meanLogit)
    for lane in 0..<shape.classLanes {
      let p = probabilities[lane]
      result[lane] = -(p * advantage) - p * (logits[lane] - mean) * entropyWeight
    }
    result[choice / 8][choice % 8] += advantage
  }

  private func backwardRecurrence(
    _ edge: Int, _ partitions: [Partition], _ tape: DecoderTape<T>, _ scratch: BackwardScratch<T>,
    into gradient: DecoderGradient<T>
  ) {
    let edgeGates = gradient.edgeGates.row(edge)
    for index in 0..<tape.width {
      let gates = scratch.gates.row(index)
      LongShortTermMemory.backward(
        gates: tape.gates(edge, index), cell: tape.cell(edge, index),
        nextCell: tape.cell(edge + 1, index), hiddenGradient: scratch.hidden.row(index),
        cellGradient: scratch.cell.row(index), gateGradient: gates, lanes: shape.hiddenLanes)
      let previous = edge == 0 ? shape.classCount : Int(partitions[index].classes[edge - 1])
      let classGates = gradient.classGates.row(previous)
      for lane in 0..<shape.gateLanes {
        edgeGates[lane] += gates[lane]
        classGates[lane] += gates[lane]
      }
    }
    scratch.hidden.clear()
    MatrixProduct.accumulate(into: scratch.hidden, scratch.gates, scratch.recurrentTransposed)
    MatrixProduct.accumulate(
      into: gradient.recurrent.base, rows: shape.hiddenWidth, lanes: shape.gateLanes,
      LaneMatrix.scalars(tape.hidden(edge)), rowStep: 1, innerStep: shape.hiddenWidth,
      inner: tape.width, scratch.gates.base)
  }
}

/// Working space of one group's backward pass.
private final class BackwardScratch<T: NetworkScalar> {
  let hidden: LaneMatrix<T>
  let cell: LaneMatrix<T>
  let gates: LaneMatrix<T>
  let query: LaneMatrix<T>
  let logits: LaneMatrix<T>
  let recurrentTransposed: LaneMatrix<T>
  let queryTransposed: LaneMatrix<T>

  init(context: PointerContext<T>, width: Int) {
    let shape = context.shape
    hidden = LaneMatrix(rows: width, lanes: shape.hiddenLanes)
    cell = LaneMatrix(rows: width, lanes: shape.hiddenLanes)
    gates = LaneMatrix(rows: width, lanes: shape.gateLanes)
    query = LaneMatrix(rows: width, lanes: shape.attentionLanes)
    logits = LaneMatrix(rows: 1, lanes: shape.classLanes)
    recurrentTransposed = context.weights[.decoderRecurrent].transposed()
    queryTransposed = context.weights[.queryProjection].transposed()
  }
}
