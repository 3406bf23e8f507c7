import Foundation

/// Dimensions, masses and motors of the Minitaur, in metres, kilograms, radians and newton-metres.
///
/// Sources are in docs/environments.md. Legs are in the order front left, back left, front right,
/// back right; each has two coaxial motors whose angles are measured from straight up, one turning
/// its upper link forward, the other backward.
enum MinitaurBody {
  static let legs = ["front_left", "back_left", "front_right", "back_right"]

  static let chassisSize = SIMD3(0.33, 0.10, 0.07)
  static let chassisMass = 3.0
  /// The two boxes beside the chassis, which are a part of it.
  static let flankSize = SIMD3(0.17, 0.10, 0.05)
  /// Distance of a flank, and of the side that carries two legs, from the middle.
  static let sideOffset = 0.10
  static let sideTilt = 0.0872665
  static let sideMass = 0.1
  static let railSize = SIMD3(0.34, 0.01, 0.04)
  static let railOffset = 0.035

  static let hipOffset = 0.21
  static let motorMass = 0.25
  static let motorRadius = 0.0434
  static let motorLength = 0.026
  static let outerMotorOffset = 0.025
  static let innerMotorOffset = 0.04
  /// Across the leg, from the side's middle towards the robot's.
  static let innerLinkOffset = 0.015
  static let footOffset = 0.01

  static let linkMass = 0.05
  static let linkWidth = 0.01
  static let upperLinkStart = 0.005
  static let upperLength = 0.115
  static let lowerLength = 0.2
  static let footRadius = 0.01

  static let torqueLimit = 3.5
  /// Newton-metres per radian and per radian a second.
  static let motorGains = (position: 8.0, velocity: 0.3)
  static let motorAngles = 0.5...2.5
  static let rotorInertia = 0.001

  /// Motor angle of both links where legs hang straight down from the hip, half extended.
  static let neutralAngle = Double.pi / 2

  /// How far below the hip the foot is when both motors are at `angle`.
  static func legLength(atMotorAngle angle: Double) -> Double {
    let across = upperLength * sin(angle)
    return (lowerLength * lowerLength - across * across).squareRoot() - upperLength * cos(angle)
  }
}
