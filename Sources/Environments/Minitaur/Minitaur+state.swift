import CMuJoCo

/// The robot's physical state, for replaying and drawing it.
///
/// A replay starts with the generators at phase 0; its actions are the policy's, not the motors'.
extension Minitaur: PhysicalEnvironment {
  var id: String { Self.id }
  var positionSize: Int { simulation.qpos.count }
  var velocitySize: Int { simulation.qvel.count }
  var modelPath: String { simulation.model.path }
  var frameSkip: Int32 { simulation.framesPerStep }
  var state: ReplayState {
    ReplayState(qpos: Array(simulation.qpos), qvel: Array(simulation.qvel))
  }
  var model: UnsafePointer<mjModel> { simulation.model.pointer }
  var data: UnsafeMutablePointer<mjData> { simulation.data }

  func setState(
    qpos: [Double], qvel: [Double], observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    precondition(qpos.count == positionSize && qvel.count == velocitySize)
    try begin(observation) {
      _ = simulation.qpos.update(fromContentsOf: qpos)
      _ = simulation.qvel.update(fromContentsOf: qvel)
    }
  }

  func apply(
    control: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    try step(action: control, observation: observation)
  }
}
