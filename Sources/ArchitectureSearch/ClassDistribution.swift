import ExactArithmetic

/// The categorical distributions softmax(x_e) of all edges' class decisions, E × M.
struct ClassDistributions: RandomAccessCollection {
  /// p_em, row by row, each row summing to 1 up to rounding.
  private let probabilities: [Double]
  /// ln p_em.
  private let logarithms: [Double]
  private let classCount: Int

  /// softmax of each row of `logits`, shifted by its maximum so that nothing overflows.
  init(logits: [Double], classCount: Int) {
    self.classCount = classCount
    let starts = stride(from: 0, to: logits.count, by: classCount)
    var logarithms = logits
    for start in starts {
      let row = start..<start + classCount
      let maximum = logits[row].reduce(-Double.infinity, Swift.max)
      for index in row { logarithms[index] -= maximum }
    }
    var probabilities = Self.exponentials(logarithms)
    for start in starts {
      let row = start..<start + classCount
      let sum = probabilities[row].reduce(0, +)
      let logarithmOfSum = ElementaryFunctions.naturalLogarithm(sum)
      for index in row {
        logarithms[index] -= logarithmOfSum
        probabilities[index] /= sum
      }
    }
    self.probabilities = probabilities
    self.logarithms = logarithms
  }

  /// eˣ of each number, eight at a time.
  private static func exponentials(_ values: [Double]) -> [Double] {
    var exponentials = values
    for start in stride(from: 0, to: values.count, by: 8) {
      let lanes = Swift.min(8, values.count - start)
      var block = SIMD8<Double>()
      for lane in 0..<lanes { block[lane] = values[start + lane] }
      block = ElementaryFunctions.exponential(block)
      for lane in 0..<lanes { exponentials[start + lane] = block[lane] }
    }
    return exponentials
  }

  var startIndex: Int { 0 }
  var endIndex: Int { probabilities.count / classCount }

  /// The distribution of one edge's class.
  subscript(edge: Int) -> ClassDistribution {
    let row = edge * classCount..<(edge + 1) * classCount
    return ClassDistribution(probabilities: probabilities[row], logarithms: logarithms[row])
  }
}

/// The categorical distribution softmax(x) of one edge's class decision.
struct ClassDistribution {
  /// p_m, summing to 1 up to rounding.
  let probabilities: ArraySlice<Double>
  /// ln p_m.
  let logarithms: ArraySlice<Double>

  /// −Σ p ln p in nats.
  var entropy: Double { -zip(probabilities, logarithms).reduce(0) { $0 + $1.0 * $1.1 } }

  /// ∂ entropy / ∂ logit_m = −p_m (ln p_m + entropy).
  var entropyGradient: [Double] {
    let entropy = entropy
    return zip(probabilities, logarithms).map { -$0 * ($1 + entropy) }
  }

  /// KL(self ‖ other) in nats, of a distribution over as many classes.
  func divergence(from other: ClassDistribution) -> Double {
    zip(probabilities, zip(logarithms, other.logarithms)).reduce(0) {
      $0 + $1.0 * ($1.1.0 - $1.1.1)
    }
  }

  /// The class whose interval of the cumulative distribution holds `uniform` in (0, 1).
  func draw(_ uniform: Double) -> Int {
    var cumulative = 0.0
    for (index, probability) in probabilities.enumerated() {
      cumulative += probability
      if uniform < cumulative { return index }
    }
    return mode
  }

  /// The most probable class, the first of equals.
  var mode: Int {
    probabilities.indices.reduce(probabilities.startIndex) {
      probabilities[$1] > probabilities[$0] ? $1 : $0
    } - probabilities.startIndex
  }
}
