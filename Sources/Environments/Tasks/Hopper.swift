/// A planar leg with three actuated joints that is rewarded for hopping forward without falling.
///
/// Gymnasium's `Hopper-v5`.
enum Hopper: PlanarRobot {
  static let id = "Hopper-v5"
  static let modelFile = "hopper.xml"
  static let stateSize = (positions: 6, velocities: 6)
  static let actionSize = 3
  static let frameSkip = 4
  static let controlWeight = 1e-3
  static let resetNoise = 5e-3
  static let velocityNoise = Simulation.VelocityNoise.uniform
  static let velocityLimit = 10.0
  static let posture: Posture? = Posture(
    states: -100...100, height: 0.7 ... .infinity, angle: -0.2...0.2)
}
