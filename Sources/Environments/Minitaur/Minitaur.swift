import ChromaticPolicy
import Foundation
import Randomness

/// A Minitaur quadruped that is rewarded for walking forward at a desired speed, under a policy that
/// modulates the trajectory generators of its legs (Iscen et al. 2018).
///
/// Observation, action, reward and the sources of every number are in docs/environments.md.
final class Minitaur: Environment {
  static let id = "MinitaurTrajectoryGenerator-v0"

  /// The robot under `settings`.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    var options = EnvironmentOptions(settings)
    let speed = try options.number("desired_speed", 0.5)
    let noise = try options.number("reset_noise_scale", 0.05)
    try options.checkAllRead()
    guard speed > 0, speed.isFinite else {
      throw EnvironmentError(
        .invalidOption, "--env-option desired_speed is '\(speed)', expected a number above 0")
    }
    let horizon = settings.horizon ?? 1000
    return EnvironmentDescription(
      id: id, observationSize: 7, actionSize: MinitaurCommand.size, horizon: horizon,
      options: options.known,
      identify: { () throws(EnvironmentError) in try MinitaurModel.shared().identity }
    ) { () throws(EnvironmentError) in
      try Minitaur(desiredSpeed: speed, resetNoise: noise, horizon: horizon)
    }
  }

  /// Physics steps per environment step of 0.01 s.
  private static let framesPerStep: Int32 = 5
  /// Environment steps over which the desired speed rises from 0.
  private static let rampSteps = 300
  /// The robot has fallen when its back is tilted further or lower than this.
  private static let fallenLimits = (up: 0.85, height: 0.13)

  var observationSize: Int { 7 }
  var actionSize: Int { MinitaurCommand.size }
  let horizon: Int
  var actionRule: ActionRule { MinitaurCommand.rule }

  /// The physics: base position, orientation, then per leg the forward and backward joints.
  let simulation: Simulation
  private let desiredSpeed: Double
  private let resetNoise: Double
  private var generator = TrajectoryGenerator()
  private var steps = 0

  /// A robot that is to reach `desiredSpeed` in metres per second.
  init(
    desiredSpeed: Double = 0.5, resetNoise: Double = 0.05, horizon: Int = 1000
  ) throws(EnvironmentError) {
    simulation = try Simulation(MinitaurModel.shared(), framesPerStep: Self.framesPerStep)
    self.desiredSpeed = desiredSpeed
    self.resetNoise = resetNoise
    self.horizon = horizon
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    try begin(observation) {
      for i in 0..<6 { simulation.qvel[i] = random.uniform(-resetNoise, resetNoise) }
    }
  }

  /// Starts an episode from the model's default state as `writeState` changes it.
  func begin(
    _ observation: UnsafeMutableBufferPointer<Double>, writeState: () -> Void
  ) throws(EnvironmentFailure) {
    try simulation.reset()
    writeState()
    try readMemory()
    try simulation.forward()
    observe(observation)
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    try check(action)
    command(MinitaurCommand(action))
    writeMemory()
    let before = simulation.qpos[0]
    do {
      try simulation.advance()
    } catch {
      throw failure(error.description)
    }
    observe(observation)
    let speed = (simulation.qpos[0] - before) / simulation.duration
    return StepOutcome(reward: reward(forSpeed: speed), terminated: hasFallen)
  }

  /// Sets the motors' targets after the generators moved on.
  private func command(_ command: MinitaurCommand) {
    generator.advance(
      seconds: simulation.duration, frequency: command.parameters.frequency)
    for leg in 0..<4 {
      var pose = generator.pose(ofLeg: leg, command.parameters)
      pose.swing += command.swings[leg]
      pose.extend += command.extensions[leg]
      (simulation.ctrl[2 * leg], simulation.ctrl[2 * leg + 1]) = pose.motorAngles
    }
  }

  /// v_max exp(−(v_d − v)² / 2 v_max²), v_max being the speed at the end of the ramp.
  private func reward(forSpeed speed: Double) -> Double {
    let error = (targetSpeed - speed) / desiredSpeed
    return desiredSpeed * exp(-error * error / 2)
  }

  private var targetSpeed: Double {
    desiredSpeed * min(1, Double(steps) / Double(Self.rampSteps))
  }

  private var hasFallen: Bool {
    let (x, y) = (simulation.qpos[4], simulation.qpos[5])
    return 1 - 2 * (x * x + y * y) < Self.fallenLimits.up
      || simulation.qpos[2] < Self.fallenLimits.height
  }

  /// Roll, pitch, their rates, the desired speed and the generators' phase.
  private func observe(_ observation: UnsafeMutableBufferPointer<Double>) {
    let qpos = simulation.qpos
    let (w, x, y, z) = (qpos[3], qpos[4], qpos[5], qpos[6])
    observation[0] = atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y))
    observation[1] = asin(min(max(2 * (w * y - z * x), -1), 1))
    observation[2] = simulation.qvel[3]
    observation[3] = simulation.qvel[4]
    observation[4] = targetSpeed
    observation[5] = cos(2 * .pi * generator.phase)
    observation[6] = sin(2 * .pi * generator.phase)
  }

  /// Goes on where the state's user data, phase and steps, have the generators and the desired speed.
  private func readMemory() throws(EnvironmentFailure) {
    let (phase, done) = (simulation.data.pointee.userdata[0], simulation.data.pointee.userdata[1])
    guard (0..<1).contains(phase), let done = Int32(exactly: done), done >= 0 else {
      throw EnvironmentFailure(
        "\(Self.id): userdata is [\(phase), \(done)], expected the generators' phase, from 0 to less "
          + "than 1, and a whole number of steps")
    }
    generator = TrajectoryGenerator(phase: phase)
    steps = Int(done)
  }

  private func writeMemory() {
    simulation.data.pointee.userdata[0] = generator.phase
    simulation.data.pointee.userdata[1] = Double(steps)
  }

  private func check(_ action: UnsafeBufferPointer<Double>) throws(EnvironmentFailure) {
    for i in 0..<MinitaurCommand.size where !action[i].isFinite {
      throw failure("action component \(i) is \(action[i]), not a number")
    }
  }

  private func failure(_ reason: String) -> EnvironmentFailure {
    EnvironmentFailure("\(Self.id), step \(steps): \(reason)")
  }
}

/// The robot's physical state, for replaying and drawing it.
///
/// The generators' phase and the steps done are the state's `userdata`, 0 where a replay's state has none;
/// a replay's actions are the policy's, not the motors'.
extension Minitaur: SimulatedEnvironment {
  var id: String { Self.id }

  func apply(
    control: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    try step(action: control, observation: observation)
  }
}
