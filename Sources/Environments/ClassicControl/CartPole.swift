import ChromaticPolicy
import Foundation
import Randomness

/// A pole to be balanced on a cart by pushing the cart to one side or the other.
///
/// Gymnasium's `CartPole-v1`; observations are rounded to single precision as there. The policy's one
/// action component pushes right if it is above 0, else left.
final class CartPole: Environment {
  static let id = "CartPole-v1"

  /// The cart under `settings`.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    var options = EnvironmentOptions(settings)
    let paysForFalling = try options.flag("sutton_barto_reward", false)
    try options.checkAllRead()
    let horizon = settings.horizon ?? 500
    return EnvironmentDescription(
      id: id, observationSize: 4, actionSize: 1, horizon: horizon, options: options.known
    ) { () throws(EnvironmentError) in CartPole(paysForFalling: paysForFalling, horizon: horizon) }
  }

  /// Positions in metres and radians from upright, speeds per second.
  struct State: Equatable {
    var position = 0.0
    var speed = 0.0
    var angle = 0.0
    var angularSpeed = 0.0
  }

  private static let gravity = 9.8
  private static let poleMass = 0.1
  private static let totalMass = poleMass + 1.0
  /// Half the pole's length.
  private static let length = 0.5
  private static let force = 10.0
  private static let timestep = 0.02
  private static let positionLimit = 2.4
  private static let angleLimit = 12 * 2 * Double.pi / 360

  var observationSize: Int { 4 }
  var actionSize: Int { 1 }
  var actionRule: ActionRule { .sign(first: 0) }
  let horizon: Int

  /// Whether a fall costs 1 and a step nothing, instead of every step paying 1.
  private let paysForFalling: Bool

  private(set) var state = State()
  private var steps = 0

  /// A cart at rest under an upright pole.
  init(paysForFalling: Bool = false, horizon: Int = 500) {
    self.paysForFalling = paysForFalling
    self.horizon = horizon
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    let state = State(
      position: random.uniform(-0.05, 0.05), speed: random.uniform(-0.05, 0.05),
      angle: random.uniform(-0.05, 0.05), angularSpeed: random.uniform(-0.05, 0.05))
    begin(state, observation: observation)
  }

  /// Starts an episode from the given state and writes its observation.
  func begin(_ state: State, observation: UnsafeMutableBufferPointer<Double>) {
    steps = 0
    self.state = state
    observe(observation)
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    guard action[0].isFinite else {
      throw EnvironmentFailure(
        "\(Self.id), step \(steps): the action is \(action[0]), not a number")
    }
    advance(force: action[0] > 0 ? Self.force : -Self.force)
    observe(observation)
    let fell = abs(state.position) > Self.positionLimit || abs(state.angle) > Self.angleLimit
    return StepOutcome(reward: paysForFalling ? (fell ? -1 : 0) : 1, terminated: fell)
  }

  /// Florian 2007, "Correct equations for the dynamics of the cart-pole system", by Euler's method.
  private func advance(force: Double) {
    let (cosine, sine) = (cos(state.angle), sin(state.angle))
    let moment = Self.poleMass * Self.length
    let push =
      (force + moment * (state.angularSpeed * state.angularSpeed) * sine) / Self.totalMass
    let inertia = Self.length * (4.0 / 3.0 - Self.poleMass * (cosine * cosine) / Self.totalMass)
    let angular = (Self.gravity * sine - cosine * push) / inertia
    let linear = push - moment * angular * cosine / Self.totalMass
    state.position += Self.timestep * state.speed
    state.speed += Self.timestep * linear
    state.angle += Self.timestep * state.angularSpeed
    state.angularSpeed += Self.timestep * angular
  }

  private func observe(_ observation: UnsafeMutableBufferPointer<Double>) {
    observation[0] = Double(Float(state.position))
    observation[1] = Double(Float(state.speed))
    observation[2] = Double(Float(state.angle))
    observation[3] = Double(Float(state.angularSpeed))
  }
}
