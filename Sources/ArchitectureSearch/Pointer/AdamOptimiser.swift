/// Adam (Kingma & Ba 2015) with bias correction, for one parameter vector.
struct AdamOptimiser: Sendable {
  private(set) var firstMoment: [SIMD8<Float>]
  private(set) var secondMoment: [SIMD8<Float>]
  private(set) var stepCount: Int

  private static let firstDecay: Float = 0.9
  private static let secondDecay: Float = 0.999

  /// No steps taken, for a vector of `count` × 8 parameters.
  init(count: Int) {
    firstMoment = [SIMD8<Float>](repeating: .zero, count: count)
    secondMoment = firstMoment
    stepCount = 0
  }

  /// State read back from a checkpoint.
  init(firstMoment: [SIMD8<Float>], secondMoment: [SIMD8<Float>], stepCount: Int) {
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
    self.stepCount = stepCount
  }

  /// Takes in `gradient` and returns the ascent direction, each entry about 1 in size.
  mutating func direction(_ gradient: ArraySlice<SIMD8<Float>>) -> [SIMD8<Float>] {
    stepCount += 1
    let firstCorrection = 1 - Self.power(Self.firstDecay, stepCount)
    let secondCorrection = 1 - Self.power(Self.secondDecay, stepCount)
    return gradient.enumerated().map { index, entry in
      firstMoment[index] = firstMoment[index] * Self.firstDecay + entry * (1 - Self.firstDecay)
      secondMoment[index] =
        secondMoment[index] * Self.secondDecay + entry * entry * (1 - Self.secondDecay)
      let scale = (secondMoment[index] / secondCorrection).squareRoot() + 1e-8
      return firstMoment[index] / firstCorrection / scale
    }
  }

  private static func power(_ base: Float, _ exponent: Int) -> Float {
    var (result, factor, remaining) = (Float(1), base, exponent)
    while remaining > 0 {
      if remaining & 1 == 1 { result *= factor }
      factor *= factor
      remaining >>= 1
    }
    return result
  }
}
