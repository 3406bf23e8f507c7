import CMuJoCo
import CMuJoCoGuard

/// The state of one MuJoCo simulation: pointers into its mjData, valid as long as it lives.
final class Simulation {
  /// What is simulated.
  let model: PhysicsModel
  /// MuJoCo time steps per environment step.
  let framesPerStep: Int32
  /// Whether `contactForces` follow every step.
  let computesContactForces: Bool
  /// Seconds per environment step.
  var duration: Double { model.timestep * Double(framesPerStep) }
  /// Positions, length nq.
  let qpos: UnsafeMutableBufferPointer<Double>
  /// Velocities, length nv.
  let qvel: UnsafeMutableBufferPointer<Double>
  /// Controls of the actuators, length nu.
  let ctrl: UnsafeMutableBufferPointer<Double>

  /// MuJoCo's own structure, for what a task reads beside positions and velocities.
  let data: UnsafeMutablePointer<mjData>

  /// A simulation of `model` in its default state.
  init(
    _ model: PhysicsModel, framesPerStep: Int32, computesContactForces: Bool = false
  ) throws(EnvironmentError) {
    var failure: UnsafePointer<CChar>?
    guard let data = guarded_make_data(model.pointer, &failure) else {
      let reason = failure.map { String(cString: $0) } ?? "no reason given"
      throw EnvironmentError(.invalidModel, "MuJoCo cannot start a simulation: \(reason)")
    }
    self.model = model
    self.framesPerStep = framesPerStep
    self.computesContactForces = computesContactForces
    self.data = data
    qpos = UnsafeMutableBufferPointer(start: data.pointee.qpos, count: model.positionSize)
    qvel = UnsafeMutableBufferPointer(start: data.pointee.qvel, count: model.velocitySize)
    ctrl = UnsafeMutableBufferPointer(start: data.pointee.ctrl, count: model.controlSize)
  }

  deinit {
    mj_deleteData(data)
  }

  /// Returns to the model's default state, qpos0 and nothing else, or to all of the numbered keyframe;
  /// no warm start for the solver.
  func reset(toKeyframe keyframe: Int? = nil) throws(EnvironmentFailure) {
    try check(guarded_reset(model.pointer, data, Int32(keyframe ?? -1)))
  }

  /// Computes what follows from `qpos` and `qvel` after they were written.
  func forward() throws(EnvironmentFailure) {
    try check(guarded_forward(model.pointer, data))
  }

  /// Advances by one environment step under the controls in `ctrl`.
  func advance() throws(EnvironmentFailure) {
    try check(guarded_step(model.pointer, data, framesPerStep, computesContactForces))
  }

  @inline(__always)
  private func check(_ failure: UnsafePointer<CChar>?) throws(EnvironmentFailure) {
    if let failure { throw EnvironmentFailure(String(cString: failure)) }
  }
}
