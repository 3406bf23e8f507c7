import CMuJoCo

/// An environment around one simulation, whose physical state is read, set and drawn in one way.
protocol SimulatedEnvironment: PhysicalEnvironment {
  /// Its own state of the model.
  var simulation: Simulation { get }

  /// Starts an episode from the state that `writeState` leaves in the simulation.
  func begin(
    _ observation: UnsafeMutableBufferPointer<Double>, writeState: () -> Void
  ) throws(EnvironmentFailure)
}

extension SimulatedEnvironment {
  var positionSize: Int { simulation.qpos.count }
  var velocitySize: Int { simulation.qvel.count }
  var modelPath: String { simulation.model.path }
  var frameSkip: Int32 { simulation.framesPerStep }
  var state: ReplayState { simulation.state }
  var model: UnsafePointer<mjModel> { simulation.model.pointer }
  var data: UnsafeMutablePointer<mjData> { simulation.data }

  func stateSize(of component: StateComponent) -> Int { simulation.model.size(of: component) }

  func setState(
    _ state: ReplayState, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    try simulation.checkHistory(state)
    try begin(observation) { simulation.write(state) }
  }
}
