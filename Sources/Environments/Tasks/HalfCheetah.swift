/// A planar cheetah with six actuated joints that is rewarded for running forward.
///
/// Gymnasium's `HalfCheetah-v5`.
enum HalfCheetah: PlanarRobot {
  static let id = "HalfCheetah-v5"
  static let modelFile = "half_cheetah.xml"
  static let stateSize = (positions: 9, velocities: 9)
  static let actionSize = 6
  static let frameSkip = 5
  static let controlWeight = 0.1
  static let resetNoise = 0.1
  static let velocityNoise = Simulation.VelocityNoise.gaussian
}
