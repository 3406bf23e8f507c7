import ChromaticPolicy
import Foundation
import Randomness

/// A car in a valley with too weak a motor to drive straight up the hill.
///
/// Gymnasium's `MountainCarContinuous-v0`. As there the state is rounded to single precision after
/// every step, and forces beyond [−1, 1] are clipped but paid for.
final class MountainCarContinuous: Environment {
  static let id = "MountainCarContinuous-v0"

  /// The car under `settings`.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    var options = EnvironmentOptions(settings)
    let goalSpeed = try options.number("goal_velocity", 0)
    try options.checkAllRead()
    let horizon = settings.horizon ?? 999
    return EnvironmentDescription(
      id: id, observationSize: 2, actionSize: 1, horizon: horizon, options: options.known
    ) { () throws(EnvironmentError) in MountainCarContinuous(goalSpeed: goalSpeed, horizon: horizon)
    }
  }

  private static let power = 0.0015
  private static let gravity = 0.0025
  private static let positions = -1.2...0.6
  private static let maximumSpeed = 0.07
  private static let goal = 0.45

  var observationSize: Int { 2 }
  var actionSize: Int { 1 }
  var actionRule: ActionRule { .identity(size: 1) }
  let horizon: Int

  /// The least speed at the goal that counts as having reached it.
  private let goalSpeed: Double

  /// Metres along the valley; the bottom is at −π/6.
  private(set) var position = 0.0
  /// Metres per step.
  private(set) var speed = 0.0
  private var steps = 0

  /// A car at rest.
  init(goalSpeed: Double = 0, horizon: Int = 999) {
    self.goalSpeed = goalSpeed
    self.horizon = horizon
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    begin(position: random.uniform(-0.6, -0.4), speed: 0, observation: observation)
  }

  /// Starts an episode from the given state and writes its observation.
  func begin(position: Double, speed: Double, observation: UnsafeMutableBufferPointer<Double>) {
    steps = 0
    self.position = position
    self.speed = speed
    observe(observation)
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    let demand = action[0]
    guard demand.isFinite else {
      throw EnvironmentFailure("\(Self.id), step \(steps): the action is \(demand), not a number")
    }
    advance(force: min(max(demand, -1), 1))
    let arrived = position >= Self.goal && speed >= goalSpeed
    position = Double(Float(position))
    speed = Double(Float(speed))
    observe(observation)
    let reward = (arrived ? 100 : 0) - demand * demand * 0.1
    guard reward.isFinite else {
      throw EnvironmentFailure("\(Self.id), step \(steps): the reward is \(reward), not a number")
    }
    return StepOutcome(reward: reward, terminated: arrived)
  }

  private func advance(force: Double) {
    // The initial state is the only one of double precision, also where the slope is taken.
    let phase = steps == 1 ? 3 * position : Double(3 * Float(position))
    let accelerated = speed + (force * Self.power - Self.gravity * cos(phase))
    speed = min(max(accelerated, -Self.maximumSpeed), Self.maximumSpeed)
    let moved = position + speed
    position = min(max(moved, Self.positions.lowerBound), Self.positions.upperBound)
    if position == Self.positions.lowerBound, speed < 0 { speed = 0 }
  }

  private func observe(_ observation: UnsafeMutableBufferPointer<Double>) {
    observation[0] = Double(Float(position))
    observation[1] = Double(Float(speed))
  }
}
