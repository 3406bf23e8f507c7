import ChromaticPolicy
import Randomness

/// A task on MuJoCo; of a `MuJoCoTask` step for step what Gymnasium's environment of its id does.
final class MuJoCoEnvironment<Task: PhysicsTask>: SimulatedEnvironment {
  let id: String
  var observationSize: Int { task.observationSize }
  var actionSize: Int { simulation.ctrl.count }
  let horizon: Int
  var actionRule: ActionRule {
    let ranges = simulation.ctrl.indices.map(simulation.model.controlRange)
    return .scale(low: ranges.map(\.low), high: ranges.map(\.high), rounds: false)
  }

  let simulation: Simulation
  private var task: Task
  private var steps = 0

  /// An instance with its own state of the shared `model`.
  init(
    _ task: Task, id: String, model: PhysicsModel, frameSkip: Int, horizon: Int
  ) throws(EnvironmentError) {
    self.id = id
    simulation = try Simulation(
      model, framesPerStep: Int32(frameSkip), computesContactForces: task.readsContactForces)
    self.task = task
    self.horizon = horizon
    try self.task.bind(model)
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    try begin(observation) { task.drawInitialState(&random, simulation) }
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    for i in simulation.ctrl.indices {
      let (low, high) = simulation.model.controlRange(i)
      simulation.ctrl[i] = ActionScaling.scale(action[i], low: low, high: high)
    }
    return try advance(observation)
  }

  func apply(
    control: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    for i in simulation.ctrl.indices { simulation.ctrl[i] = control[i] }
    return try advance(observation)
  }

  func begin(
    _ observation: UnsafeMutableBufferPointer<Double>, writeState: () -> Void
  ) throws(EnvironmentFailure) {
    steps = 0
    task.begin()
    try located { () throws(EnvironmentFailure) in
      try simulation.reset(toKeyframe: task.keyframe)
      writeState()
      try simulation.forward()
    }
    task.observe(simulation, observation)
  }

  private func advance(
    _ observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    try checkControls()
    task.willStep(simulation)
    try located { () throws(EnvironmentFailure) in
      try simulation.advance()
    }
    task.observe(simulation, observation)
    let outcome = task.outcome(of: UnsafeBufferPointer(simulation.ctrl), simulation)
    guard outcome.reward.isFinite else {
      throw failure("the reward is \(outcome.reward), not a number")
    }
    return outcome
  }

  /// MuJoCo clamps an infinite control to the actuator's range, so it has to be seen here.
  @inline(__always)
  private func checkControls() throws(EnvironmentFailure) {
    for i in simulation.ctrl.indices where !simulation.ctrl[i].isFinite {
      throw failure("action component \(i) is \(simulation.ctrl[i]), not a number")
    }
  }

  /// Adds environment and step to a failure of MuJoCo.
  @inline(__always)
  private func located(_ body: () throws(EnvironmentFailure) -> Void) throws(EnvironmentFailure) {
    do {
      try body()
    } catch {
      throw failure(error.description)
    }
  }

  private func failure(_ reason: String) -> EnvironmentFailure {
    EnvironmentFailure("\(id), step \(steps): \(reason)")
  }
}
