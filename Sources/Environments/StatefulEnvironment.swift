import CMuJoCo

/// An environment whose physical state can be read and set, for comparing it with other simulators.
public protocol StatefulEnvironment: Environment {
  /// Gymnasium's id.
  var id: String { get }
  /// Number of position coordinates nq.
  var positionSize: Int { get }
  /// Number of velocity coordinates nv.
  var velocitySize: Int { get }

  /// The MJCF file that is simulated.
  var modelPath: String { get }
  /// Physics time steps per environment step.
  var frameSkip: Int32 { get }
  /// All of the present physical state.
  var state: ReplayState { get }

  /// How many numbers a part of the state has.
  func stateSize(of component: StateComponent) -> Int

  /// Starts an episode from the given state, whose parts have the model's sizes, and writes its
  /// observation. What the state leaves out is as episodes start, before noise is added.
  func setState(
    _ state: ReplayState, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure)

  /// Applies controls in the environment's own units, unscaled and unclipped, and writes the
  /// observation that follows.
  func apply(
    control: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome
}

/// An environment whose MuJoCo structures can be looked at, for drawing it.
package protocol PhysicalEnvironment: StatefulEnvironment {
  /// The model, valid and unchanged as long as the environment lives.
  var model: UnsafePointer<mjModel> { get }
  /// The present state, to be read between steps.
  var data: UnsafeMutablePointer<mjData> { get }
}

extension PhysicalEnvironment {
  /// Seconds of simulated time per environment step.
  package var stepDuration: Double { model.pointee.opt.timestep * Double(frameSkip) }
}
