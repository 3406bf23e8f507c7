/// The states in which a planar robot counts as healthy; bounds themselves do not.
struct Posture {
  /// All positions but the first two, and all velocities; nil for any.
  let states: ClosedRange<Double>?
  /// Height of the torso, qpos[1], in metres.
  let height: ClosedRange<Double>
  /// Pitch of the torso, qpos[2], in radians.
  let angle: ClosedRange<Double>

  /// Whether the present state is one of them.
  func holds(in simulation: Simulation) -> Bool {
    height.hasInside(simulation.qpos[1]) && angle.hasInside(simulation.qpos[2])
      && statesHold(in: simulation)
  }

  @inline(__always)
  private func statesHold(in simulation: Simulation) -> Bool {
    guard let states else { return true }
    for i in 2..<simulation.qpos.count where !states.hasInside(simulation.qpos[i]) { return false }
    for i in simulation.qvel.indices where !states.hasInside(simulation.qvel[i]) { return false }
    return true
  }
}

extension Posture {
  /// The posture that the options ask for, where `standard` has defaults.
  init(_ options: inout EnvironmentOptions, standard: Posture) throws(EnvironmentError) {
    if let range = standard.states {
      states = try options.range("healthy_state_range", range)
    } else {
      states = nil
    }
    height = try options.range("healthy_z_range", standard.height)
    angle = try options.range("healthy_angle_range", standard.angle)
  }
}

extension ClosedRange<Double> {
  /// Whether the number is strictly between the bounds.
  @inline(__always)
  func hasInside(_ number: Double) -> Bool {
    lowerBound < number && number < upperBound
  }
}
