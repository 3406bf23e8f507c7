import Randomness

extension Simulation {
  /// How Gymnasium draws a robot's initial velocities.
  enum VelocityNoise {
    /// Uniform between −scale and scale.
    case uniform
    /// Normal with standard deviation scale.
    case gaussian
  }

  /// Adds noise to every coordinate: positions uniform between −scale and scale, then velocities.
  func addResetNoise(
    _ scale: Double, velocities: VelocityNoise, _ random: inout RandomStream
  ) {
    for i in qpos.indices { qpos[i] += random.uniform(-scale, scale) }
    for i in qvel.indices {
      switch velocities {
      case .uniform: qvel[i] += random.uniform(-scale, scale)
      case .gaussian: qvel[i] += scale * random.gaussian()
      }
    }
  }
}
