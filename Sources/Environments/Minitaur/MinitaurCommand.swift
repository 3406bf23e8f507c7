import ChromaticPolicy

/// What a policy says at one step: five parameters of the trajectory generators and, for each leg, two
/// residuals added to what they give.
struct MinitaurCommand: Sendable, Hashable {
  /// Number of action components.
  static let size = 13

  static let frequencies = 0.0...3.0
  static let amplitudes = 0.0...1.0
  static let heights = 0.0...0.5
  static let stances = 0.4...0.6
  static let residuals = -0.15...0.15

  /// Parameters of the trajectory generators.
  let parameters: TrajectoryGenerator.Parameters
  /// What is added to the swing of each leg, in radians.
  let swings: SIMD4<Double>
  /// What is added to the extension of each leg, in radians.
  let extensions: SIMD4<Double>

  /// The command in an action: frequency, amplitude, front height, back height, stance, then swing and
  /// extension of each leg. Each component in [−1, 1] fills its range; beyond, it is cut.
  init(_ action: UnsafeBufferPointer<Double>) {
    parameters = TrajectoryGenerator.Parameters(
      frequency: Self.scale(action[0], Self.frequencies),
      amplitude: Self.scale(action[1], Self.amplitudes),
      frontHeight: Self.scale(action[2], Self.heights),
      backHeight: Self.scale(action[3], Self.heights),
      stance: Self.scale(action[4], Self.stances))
    var (swings, extensions) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for leg in 0..<4 {
      swings[leg] = Self.scale(action[5 + 2 * leg], Self.residuals)
      extensions[leg] = Self.scale(action[6 + 2 * leg], Self.residuals)
    }
    (self.swings, self.extensions) = (swings, extensions)
  }

  /// The ranges in the action's order.
  static var rule: ActionRule {
    let legs = [ClosedRange<Double>](repeating: residuals, count: 8)
    let ranges = [frequencies, amplitudes, heights, heights, stances] + legs
    return .scale(low: ranges.map(\.lowerBound), high: ranges.map(\.upperBound), rounds: false)
  }

  private static func scale(_ action: Double, _ range: ClosedRange<Double>) -> Double {
    ActionScaling.scale(
      min(max(action, -1), 1), low: range.lowerBound, high: range.upperBound)
  }
}
