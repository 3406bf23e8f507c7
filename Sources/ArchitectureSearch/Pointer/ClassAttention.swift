import ExactArithmetic

/// Additive attention over the classes: s_m = vᵀ tanh(k_m + q), logit_m = c·tanh((s_m − s̄) / T).
///
/// s̄ is the mean score over the classes, so that the bound acts on differences of scores only.
/// Vinyals et al. 2015 (pointer networks); temperature T and bound c as in Pham et al. 2018 (ENAS).
/// k_m = W1 V_partition[m] is the key of a class, q the query of one decision.
///
/// tanh(k + q) = 1 − 2 / (e²ᵏ·e²ᵠ + 1): the exponentials are taken once per class and once per
/// decision, so that each of their M·d combinations costs a product and a quotient. Every factor is
/// finite and positive; a product that overflows or vanishes gives the right limit, ±1.
struct ClassAttention<T: NetworkScalar> {
  /// Keys, M × d.
  let keys: LaneMatrix<T>
  /// v, one row of d.
  let scoreVector: LaneMatrix<T>
  let temperature: T
  let bound: T
  /// e²ᵏ, M × d.
  private let keyExponentials: LaneMatrix<T>

  init(keys: LaneMatrix<T>, scoreVector: LaneMatrix<T>, temperature: T, bound: T) {
    self.keys = keys
    self.scoreVector = scoreVector
    self.temperature = temperature
    self.bound = bound
    keyExponentials = LaneMatrix(rows: keys.rows, lanes: keys.lanes)
    for index in 0..<keys.rows * keys.lanes {
      keyExponentials.base[index] = ElementaryFunctions.exponential(keys.base[index] * 2)
    }
  }

  /// Calls `body` with e²ᵠ for every lane of a query.
  @inline(__always)
  private func withExponentials(
    of query: UnsafePointer<SIMD8<T>>, _ body: (UnsafeMutablePointer<SIMD8<T>>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: SIMD8<T>.self, capacity: keys.lanes) { buffer in
      guard let base = buffer.baseAddress else { return }
      for lane in 0..<keys.lanes {
        (base + lane).initialize(to: ElementaryFunctions.exponential(query[lane] * 2))
      }
      body(base)
    }
  }

  /// tanh(k + q) from e²ᵏ and e²ᵠ.
  @inline(__always)
  private func unit(_ key: SIMD8<T>, _ query: SIMD8<T>) -> SIMD8<T> {
    1 - 2 / (key * query + 1)
  }

  private var classCount: Int { keys.rows }

  /// Logits and probabilities of one decision; padding lanes get probability 0.
  @inline(__always)
  func forward(
    query: UnsafePointer<SIMD8<T>>, logits: UnsafeMutablePointer<SIMD8<T>>,
    probabilities: UnsafeMutablePointer<SIMD8<T>>, classLanes: Int
  ) {
    withExponentials(of: query) { query in
      for index in 0..<classCount {
        let key = keyExponentials.row(index)
        var sum = SIMD8<T>.zero
        for lane in 0..<keys.lanes {
          sum += scoreVector.base[lane] * unit(key[lane], query[lane])
        }
        logits[index / 8][index % 8] = MatrixProduct.sum(sum)
      }
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
    withExponentials(of: query) { query in
      for index in 0..<classCount {
        let slope = logitGradient[index / 8][index % 8] - mean
        let key = keyExponentials.row(index)
        let gradient = keyGradient.row(index)
        for lane in 0..<keys.lanes {
          let unit = unit(key[lane], query[lane])
          let inner = scoreVector.base[lane] * (one - unit * unit) * slope
          queryGradient[lane] += inner
          gradient[lane] += inner
          scoreGradient[lane] += unit * slope
        }
      }
    }
  }
}
