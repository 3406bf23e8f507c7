import ChromaticPolicy
import Testing

@testable import Environments

@Suite struct ClassicControlTests {
  private static let ids = ["CartPole-v1", "MountainCarContinuous-v0"]

  @Test(
    arguments: ids,
    [Double.nan, .infinity])
  func `an action that is no number is a failure, never a reward`(id: String, value: Double) throws
  {
    let environment = try EnvironmentCatalog.make(EnvironmentSettings(id))
    let buffer = ObservationBuffer(environment.observationSize)
    let failure = #expect(throws: EnvironmentFailure.self) {
      try environment.step([value], buffer)
    }
    #expect(failure?.description == "\(id), step 1: the action is \(value), not a number")
  }

  @Test func `the cart is pushed to the right by an action above 0, else to the left`() throws {
    for (action, sign) in [(1e-9, 1.0), (0, -1), (-1, -1), (7, 1)] {
      let cart = CartPole()
      let buffer = ObservationBuffer(4)
      _ = try cart.step([action], buffer)
      #expect(cart.state.speed * sign > 0.19, "\(action)")
    }
  }

  @Test func `Sutton and Barto's reward is 0 for a step and −1 for a fall`() throws {
    let settings = EnvironmentSettings("CartPole-v1", options: ["sutton_barto_reward": "True"])
    #expect(try rewards(pushingIn: settings).dropLast().allSatisfy { $0 == 0 })
    #expect(try rewards(pushingIn: settings).last == -1)
    #expect(try rewards(pushingIn: "CartPole-v1").allSatisfy { $0 == 1 })
  }

  /// The rewards of steps to the right until the end.
  private func rewards(pushingIn settings: EnvironmentSettings) throws -> [Double] {
    let environment = try EnvironmentCatalog.make(settings)
    let buffer = ObservationBuffer(environment.observationSize)
    var rewards: [Double] = []
    while rewards.count < environment.horizon {
      let outcome = try environment.step([1], buffer)
      rewards.append(outcome.reward)
      if outcome.terminated { break }
    }
    return rewards
  }

  @Test
  func `a force beyond the range moves the car no more than the range's end, and is paid for`()
    throws
  {
    let (within, beyond) = (MountainCarContinuous(), MountainCarContinuous())
    let buffer = ObservationBuffer(2)
    let paid = try within.step([1], buffer).reward - beyond.step([2], buffer).reward
    #expect(abs(paid - 0.3) < 1e-12)
    #expect(within.position == beyond.position && within.speed == beyond.speed)
    #expect(within.position != 0)
  }

  @Test func `a car that is slower at the goal than it should be has not arrived`() throws {
    for (limit, arrives) in [(0.05, true), (0.07, false)] {
      let car = MountainCarContinuous(goalSpeed: limit)
      let buffer = ObservationBuffer(2)
      car.begin(position: 0.44, speed: 0.06, observation: buffer.pointer)
      let outcome = try car.step([1], buffer)
      #expect(outcome.terminated == arrives)
      #expect((outcome.reward > 99) == arrives)
    }
  }

  @Test func `the wall at the left stops the car`() throws {
    let car = MountainCarContinuous()
    let buffer = ObservationBuffer(2)
    car.begin(position: -1.19, speed: -0.07, observation: buffer.pointer)
    _ = try car.step([-1], buffer)
    #expect(buffer.values == [Double(Float(-1.2)), 0])
  }
}
