/// A planar pair of legs with six actuated joints, rewarded for walking forward without falling.
///
/// Gymnasium's `Walker2d-v5`.
enum Walker2d: PlanarRobot {
  static let id = "Walker2d-v5"
  static let modelFile = "walker2d_v5.xml"
  static let stateSize = (positions: 9, velocities: 9)
  static let actionSize = 6
  static let frameSkip = 4
  static let controlWeight = 1e-3
  static let resetNoise = 5e-3
  static let velocityNoise = Simulation.VelocityNoise.uniform
  static let velocityLimit = 10.0
  static let posture: Posture? = Posture(states: nil, height: 0.8...2, angle: -1...1)
}
