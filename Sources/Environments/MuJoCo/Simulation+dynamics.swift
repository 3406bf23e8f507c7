extension Simulation {
  /// Torque and force of contacts on every body, six numbers each, the world's first (`cfrc_ext`).
  ///
  /// Zero unless the simulation computes contact forces.
  var contactForces: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: data.pointee.cfrc_ext, count: 6 * model.bodyCount)
  }

  /// Inertia, offset from the centre of mass and mass of every body but the world, ten numbers each
  /// (`cinert`).
  var inertias: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: data.pointee.cinert + 10, count: 10 * (model.bodyCount - 1))
  }

  /// Angular and linear velocity of every body but the world, six numbers each (`cvel`).
  var bodyVelocities: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: data.pointee.cvel + 6, count: 6 * (model.bodyCount - 1))
  }

  /// Forces of the actuators on the degrees of freedom, length nv (`qfrc_actuator`).
  var actuatorForces: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: data.pointee.qfrc_actuator, count: qvel.count)
  }

  /// Forces of contacts and joint limits on the degrees of freedom, length nv (`qfrc_constraint`).
  var constraintForces: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: data.pointee.qfrc_constraint, count: qvel.count)
  }
}
