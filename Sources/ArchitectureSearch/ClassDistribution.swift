import ExactArithmetic

/// The categorical distribution softmax(x) of one edge's class decision.
struct ClassDistribution {
  /// p_m, summing to 1 up to rounding.
  private(set) var probabilities: [Double]
  /// ln p_m.
  private(set) var logarithms: [Double]

  /// softmax of `logits`, shifted by their maximum so that nothing overflows.
  init(logits: some Collection<Double>) {
    let maximum = logits.reduce(-Double.infinity, max)
    probabilities = logits.map { ElementaryFunctions.exponential($0 - maximum) }
    let sum = probabilities.reduce(0, +)
    let logarithmOfSum = ElementaryFunctions.naturalLogarithm(sum)
    logarithms = logits.map { $0 - maximum - logarithmOfSum }
    for index in probabilities.indices { probabilities[index] /= sum }
  }

  /// −Σ p ln p in nats.
  var entropy: Double { -zip(probabilities, logarithms).reduce(0) { $0 + $1.0 * $1.1 } }

  /// ∂ entropy / ∂ logit_m = −p_m (ln p_m + entropy).
  var entropyGradient: [Double] {
    let entropy = entropy
    return zip(probabilities, logarithms).map { -$0 * ($1 + entropy) }
  }

  /// KL(self ‖ other) in nats.
  func divergence(from other: ClassDistribution) -> Double {
    probabilities.indices.reduce(0) {
      $0 + probabilities[$1] * (logarithms[$1] - other.logarithms[$1])
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
    probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
  }
}
