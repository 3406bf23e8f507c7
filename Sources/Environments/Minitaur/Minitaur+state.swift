/// The robot's physical state, for replaying and drawing it.
///
/// A replay starts with the generators at phase 0; its actions are the policy's, not the motors'.
extension Minitaur: SimulatedEnvironment {
  var id: String { Self.id }

  func apply(
    control: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    try step(action: control, observation: observation)
  }
}
