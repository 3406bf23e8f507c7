import ExactArithmetic

/// How a gradient estimate becomes a step.
public enum Optimiser: String, Sendable, CaseIterable, Codable {
  /// W ← W + η·gradient.
  case sgd
  /// Adam (Kingma & Ba 2015) with bias correction: β₁ 0.9, β₂ 0.999, ε 10⁻⁸, or 10⁻⁵ of the largest
  /// component's root mean square where that is less.
  case adam
}

/// What an optimiser remembers between steps; empty vectors for plain gradient ascent.
public struct OptimiserState: Sendable, Hashable {
  /// Decayed mean of the gradient.
  public var firstMoment: [Double]
  /// Decayed mean of its square.
  public var secondMoment: [Double]
  /// Steps taken.
  public var steps: Int

  /// No steps taken on `dimension` parameters.
  public init(_ optimiser: Optimiser, dimension: Int) {
    let size = optimiser == .adam ? dimension : 0
    firstMoment = [Double](repeating: 0, count: size)
    secondMoment = firstMoment
    steps = 0
  }

  /// A state read back.
  public init(firstMoment: [Double], secondMoment: [Double], steps: Int) {
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
    self.steps = steps
  }

  /// Takes in `gradient` and returns the ascent direction, to be multiplied by η.
  public mutating func direction(_ optimiser: Optimiser, gradient: [Double]) -> [Double] {
    steps += 1
    guard optimiser == .adam else { return gradient }
    let first = 1 - ElementaryFunctions.power(0.9, steps)
    let second = 1 - ElementaryFunctions.power(0.999, steps)
    for i in gradient.indices {
      firstMoment[i] = 0.9 * firstMoment[i] + 0.1 * gradient[i]
      secondMoment[i] = 0.999 * secondMoment[i] + 0.001 * gradient[i] * gradient[i]
    }
    let sizes = secondMoment.map { ($0 / second).squareRoot() }
    let largest = sizes.reduce(0, max)
    guard largest > 0 else { return [Double](repeating: 0, count: gradient.count) }
    let epsilon = min(1e-8, 1e-5 * largest)
    return gradient.indices.map { firstMoment[$0] / first / (sizes[$0] + epsilon) }
  }
}
