/// Additive attention over the classes: s_m = vᵀ tanh(k_m + q), logit_m = c·tanh((s_m − s̄) / T).
///
/// s̄ is the mean score over the classes, so that the bound acts on differences of scores only.
/// Vinyals et al. 2015 (pointer networks); temperature T and bound c as in Pham et al. 2018 (ENAS).
/// k_m = W1 V_partition[m] is the key of a class, q the query of one decision.
struct ClassAttention<T: NetworkScalar> {
  /// Keys, M × d.
  let keys: LaneMatrix<T>
  /// v, one row of d.
  let scoreVector: LaneMatrix<T>
  let temperature: T
  let bound: T

  private var classCount: Int { keys.rows }

  /// Logits and probabilities of one decision; padding lanes get probability 0.
  @inline(__always)
  func forward(
    query: UnsafePointer<SIMD8<T>>, logits: UnsafeMutablePointer<SIMD8<T>>,
    probabilities: UnsafeMutablePointer<SIMD8<T>>, classLanes: Int
  ) {
    for index in 0..<classCount {
      let key = keys.row(index)
      var sum = SIMD8<T>.zero
      for lane in 0..<keys.lanes {
        let unit = ElementaryFunctions.hyperbolicTangent(key[lane] + query[lane])
        sum += scoreVector.base[lane] * unit
      }
      logits[index / 8][index % 8] = MatrixProduct.sum(sum)
    }
    var total: T = 0
    for index in 0..<classCount { total += logits[index / 8][index % 8] }
    let mean = total / T(classCount)
    for lane in 0..<classLanes {
      let score = logits[lane] - mean
      logits[lane] = ElementaryFunctions.hyperbolicTangent(score / temperature) * bound
    }
    softmax(logits, into: probabilities, classLanes: classLanes)
  }

  /// Logits never exceed the bound, so the softmax needs no shift.
  @inline(__always)
  private func softmax(
    _ logits: UnsafePointer<SIMD8<T>>, into probabilities: UnsafeMutablePointer<SIMD8<T>>,
    classLanes: Int
  ) {
    var total = SIMD8<T>.zero
    for lane in 0..<classLanes {
      var weight = ElementaryFunctions.exponential(logits[lane])
      if lane == classLanes - 1 {
        for pad in classCount - 8 * lane..<8 { weight[pad] = 0 }
      }
      probabilities[lane] = weight
      total += weight
    }
    let sum = MatrixProduct.sum(total)
    for lane in 0..<classLanes { probabilities[lane] /= sum }
  }

  /// Turns ∂/∂logits into ∂/∂query and adds ∂/∂keys and ∂/∂v; `logitGradient` is overwritten.
  @inline(__always)
  func backward(
    query: UnsafePointer<SIMD8<T>>, logits: UnsafePointer<SIMD8<T>>,
    logitGradient: UnsafeMutablePointer<SIMD8<T>>, queryGradient: UnsafeMutablePointer<SIMD8<T>>,
    keyGradient: LaneMatrix<T>, scoreGradient: UnsafeMutablePointer<SIMD8<T>>, classLanes: Int
  ) {
    let one = SIMD8<T>(repeating: 1)
    var total = SIMD8<T>.zero
    for lane in 0..<classLanes {
      let squashed = logits[lane] / bound
      logitGradient[lane] *= (one - squashed * squashed) * (bound / temperature)
      total += logitGradient[lane]
    }
    let mean = MatrixProduct.sum(total) / T(classCount)
    for lane in 0..<keys.lanes { queryGradient[lane] = .zero }
    for index in 0..<classCount {
      let slope = logitGradient[index / 8][index % 8] - mean
      let key = keys.row(index)
      let gradient = keyGradient.row(index)
      for lane in 0..<keys.lanes {
        let unit = ElementaryFunctions.hyperbolicTangent(key[lane] + query[lane])
        let inner = scoreVector.base[lane] * (one - unit * unit) * slope
        queryGradient[lane] += inner
        gradient[lane] += inner
        scoreGradient[lane] += unit * slope
      }
    }
  }
}
