import ChromaticPolicy
import Foundation
import Randomness

/// A pendulum to be swung up and held upright with too weak a motor.
///
/// Gymnasium's `Pendulum-v1`; observations are rounded to single precision as there.
final class Pendulum: Environment {
  static let id = "Pendulum-v1"

  /// The pendulum under `settings`.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    var options = EnvironmentOptions(settings)
    let gravity = try options.number("g", 10)
    try options.checkAllRead()
    let horizon = settings.horizon ?? 200
    return EnvironmentDescription(
      id: id, observationSize: 3, actionSize: 1, horizon: horizon, options: options.known
    ) { () throws(EnvironmentError) in Pendulum(gravity: gravity, horizon: horizon) }
  }

  private static let maximumSpeed = 8.0
  private static let maximumTorque = 2.0
  private static let timestep = 0.05
  private static let mass = 1.0
  private static let length = 1.0

  var observationSize: Int { 3 }
  var actionSize: Int { 1 }
  var actionRule: ActionRule {
    .scale(low: [-Self.maximumTorque], high: [Self.maximumTorque], rounds: false)
  }
  let horizon: Int

  /// Metres per second squared.
  private let gravity: Double

  /// Radians from upright, not wrapped.
  private(set) var angle = 0.0
  /// Radians per second.
  private(set) var speed = 0.0
  private var steps = 0

  /// A pendulum hanging in the given gravity.
  init(gravity: Double = 10, horizon: Int = 200) {
    self.gravity = gravity
    self.horizon = horizon
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    begin(
      angle: random.uniform(-.pi, .pi), speed: random.uniform(-1, 1), observation: observation)
  }

  /// Starts an episode from the given state and writes its observation.
  func begin(angle: Double, speed: Double, observation: UnsafeMutableBufferPointer<Double>) {
    steps = 0
    self.angle = angle
    self.speed = speed
    observe(observation)
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    let limit = Self.maximumTorque
    let demand = ActionScaling.scale(action[0], low: -limit, high: limit)
    guard demand.isFinite else {
      throw EnvironmentFailure("Pendulum-v1, step \(steps): the action is \(demand), not a number")
    }
    let torque = min(max(demand, -limit), limit)
    let cost = Self.cost(angle: angle, speed: speed, torque: torque)
    advance(torque: torque)
    observe(observation)
    return StepOutcome(reward: -cost, terminated: false)
  }

  private func advance(torque: Double) {
    let fall = 3 * gravity / (2 * Self.length) * sin(angle)
    let push = 3.0 / (Self.mass * Self.length * Self.length) * torque
    let accelerated = speed + (fall + push) * Self.timestep
    speed = min(max(accelerated, -Self.maximumSpeed), Self.maximumSpeed)
    angle += speed * Self.timestep
  }

  private func observe(_ observation: UnsafeMutableBufferPointer<Double>) {
    observation[0] = Double(Float(cos(angle)))
    observation[1] = Double(Float(sin(angle)))
    observation[2] = Double(Float(speed))
  }

  private static func cost(angle: Double, speed: Double, torque: Double) -> Double {
    let wrapped = wrap(angle)
    return wrapped * wrapped + 0.1 * (speed * speed) + 0.001 * (torque * torque)
  }

  /// The angle in [−π, π).
  private static func wrap(_ angle: Double) -> Double {
    let remainder = (angle + .pi).truncatingRemainder(dividingBy: 2 * .pi)
    return (remainder < 0 ? remainder + 2 * .pi : remainder) - .pi
  }
}
