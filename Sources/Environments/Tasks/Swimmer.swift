/// Three links in a viscous plane with two actuated joints that are rewarded for swimming forward.
///
/// Gymnasium's `Swimmer-v5`.
enum Swimmer: PlanarRobot {
  static let id = "Swimmer-v5"
  static let modelFile = "swimmer.xml"
  static let stateSize = (positions: 5, velocities: 5)
  static let actionSize = 2
  static let frameSkip = 4
  static let controlWeight = 1e-4
  static let resetNoise = 0.1
  static let velocityNoise = Simulation.VelocityNoise.uniform
  static let hiddenPositions = 2
}
