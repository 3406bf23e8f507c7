import CMuJoCo

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
