import ExactArithmetic

/// The LSTM cell without peepholes (Hochreiter & Schmidhuber 1997, forget gate of Gers et al. 2000).
///
/// Gates lie in one row as input i, forget f, candidate g, output o, each `lanes` vectors:
/// c' = f c + i g and h' = o tanh c'.
enum LongShortTermMemory {
  /// Turns pre-activations into gates in place and advances cell and hidden state of one row.
  @inline(__always)
  static func forward<T: NetworkScalar>(
    gates: UnsafeMutablePointer<SIMD8<T>>, cell: UnsafePointer<SIMD8<T>>,
    nextCell: UnsafeMutablePointer<SIMD8<T>>, nextHidden: UnsafeMutablePointer<SIMD8<T>>,
    lanes: Int
  ) {
    for lane in 0..<lanes {
      let input = ElementaryFunctions.logistic(gates[lane])
      let forget = ElementaryFunctions.logistic(gates[lanes + lane])
      let candidate = ElementaryFunctions.hyperbolicTangent(gates[2 * lanes + lane])
      let output = ElementaryFunctions.logistic(gates[3 * lanes + lane])
      let next = forget * cell[lane] + input * candidate
      nextCell[lane] = next
      nextHidden[lane] = output * ElementaryFunctions.hyperbolicTangent(next)
      gates[lane] = input
      gates[lanes + lane] = forget
      gates[2 * lanes + lane] = candidate
      gates[3 * lanes + lane] = output
    }
  }

  /// Gradient of one row with respect to the pre-activations, from those of both next states.
  ///
  /// `cellGradient` holds ∂/∂c' on entry and ∂/∂c on return.
  @inline(__always)
  static func backward<T: NetworkScalar>(
    gates: UnsafePointer<SIMD8<T>>, cell: UnsafePointer<SIMD8<T>>,
    nextCell: UnsafePointer<SIMD8<T>>, hiddenGradient: UnsafePointer<SIMD8<T>>,
    cellGradient: UnsafeMutablePointer<SIMD8<T>>,
    gateGradient: UnsafeMutablePointer<SIMD8<T>>, lanes: Int
  ) {
    let one = SIMD8<T>(repeating: 1)
    for lane in 0..<lanes {
      let input = gates[lane]
      let forget = gates[lanes + lane]
      let candidate = gates[2 * lanes + lane]
      let output = gates[3 * lanes + lane]
      let squashed = ElementaryFunctions.hyperbolicTangent(nextCell[lane])
      let hidden = hiddenGradient[lane]
      let next = cellGradient[lane] + hidden * output * (one - squashed * squashed)
      gateGradient[lane] = next * candidate * input * (one - input)
      gateGradient[lanes + lane] = next * cell[lane] * forget * (one - forget)
      gateGradient[2 * lanes + lane] = next * input * (one - candidate * candidate)
      gateGradient[3 * lanes + lane] = hidden * squashed * output * (one - output)
      cellGradient[lane] = next * forget
    }
  }
}
