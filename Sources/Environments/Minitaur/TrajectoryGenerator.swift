import Foundation

/// Where a leg is to be, by its two motors, in radians.
struct LegPose: Sendable, Hashable {
  /// The whole leg turned forward.
  var swing: Double
  /// Both upper links turned down, which makes the leg longer.
  var extend: Double

  /// The angles of the forward and the backward motor, cut to what motors can reach.
  var motorAngles: (forward: Double, backward: Double) {
    let middle = MinitaurBody.neutralAngle + extend
    return (Self.clip(middle - swing), Self.clip(middle + swing))
  }

  private static func clip(_ angle: Double) -> Double {
    let range = MinitaurBody.motorAngles
    return min(max(angle, range.lowerBound), range.upperBound)
  }
}

/// The cyclic motion of four legs in a trot (Iscen et al. 2018, the trajectory generator of §4).
///
/// A leg stands during the first part of its period, its foot moving backward, and swings forward,
/// lifted, during the second. With φ ∈ [0, π) in stance and [π, 2π) in swing, a the amplitude and h
/// the height: swing = a S cos φ, extend = h + a E sin φ, E another constant in stance and swing.
struct TrajectoryGenerator: Sendable {
  /// What a policy modulates.
  struct Parameters: Sendable, Hashable {
    /// Periods per second.
    var frequency: Double
    /// Scale a of the motion; at 0 legs stand still.
    var amplitude: Double
    /// Extension h around which front legs move, in radians.
    var frontHeight: Double
    /// Extension h around which back legs move, in radians.
    var backHeight: Double
    /// Fraction of the period for which a leg stands, in (0, 1).
    var stance: Double
  }

  static let swingAmplitude = 0.5
  static let stanceExtension = -0.02
  static let liftExtension = 0.9
  /// Fraction of the period by which each leg is ahead, in the order of `MinitaurBody.legs`.
  static let offsets = SIMD4(0, 0.5, 0.5, 0)

  /// Fraction of the period that has passed, in [0, 1).
  private(set) var phase: Double

  /// Generators of which that fraction of the period has passed.
  init(phase: Double = 0) { self.phase = phase }

  /// Moves on by `seconds` at `frequency` ≥ 0.
  mutating func advance(seconds: Double, frequency: Double) {
    let passed = phase + seconds * frequency
    phase = passed - passed.rounded(.down)
  }

  /// Where the leg of the given number is to be.
  func pose(ofLeg leg: Int, _ parameters: Parameters) -> LegPose {
    let ahead = phase + Self.offsets[leg]
    let angle = Self.angle(at: ahead - ahead.rounded(.down), stance: parameters.stance)
    let height = leg % 2 == 0 ? parameters.frontHeight : parameters.backHeight
    let lift = angle < .pi ? Self.stanceExtension : Self.liftExtension
    return LegPose(
      swing: parameters.amplitude * Self.swingAmplitude * cos(angle),
      extend: height + parameters.amplitude * lift * sin(angle))
  }

  /// φ at a fraction of the leg's period.
  private static func angle(at fraction: Double, stance: Double) -> Double {
    fraction < stance
      ? .pi * fraction / stance
      : .pi + .pi * (fraction - stance) / (1 - stance)
  }
}
