/// Fills an observation from its start, one part after another.
struct ObservationWriter {
  private let observation: UnsafeMutableBufferPointer<Double>
  private var count = 0

  /// A writer of `observation`, which has room for everything that is appended.
  init(_ observation: UnsafeMutableBufferPointer<Double>) {
    self.observation = observation
  }

  /// Appends one component.
  @inline(__always)
  mutating func append(_ value: Double) {
    observation[count] = value
    count += 1
  }

  /// Appends the three coordinates of a vector.
  @inline(__always)
  mutating func append(_ vector: SIMD3<Double>) {
    for i in 0..<3 { append(vector[i]) }
  }

  /// Appends components in their order.
  @inline(__always)
  mutating func append(contentsOf values: UnsafeBufferPointer<Double>) {
    for i in values.indices { append(values[i]) }
  }

  /// Appends the positions after the first `skipped`, then the velocities, cut to ±`velocityLimit`.
  @inline(__always)
  mutating func appendState(
    of simulation: Simulation, skippingPositions skipped: Int, velocityLimit: Double = .infinity
  ) {
    for i in skipped..<simulation.qpos.count { append(simulation.qpos[i]) }
    let limits = -velocityLimit...velocityLimit
    for i in simulation.qvel.indices { append(simulation.qvel[i].clipped(to: limits)) }
  }
}
