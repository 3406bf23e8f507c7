import Testing

@testable import Environments

@Suite struct PendulumTests {
  @Test(arguments: [Double.nan, .infinity])
  func `an action that is no number is a failure, never a reward`(value: Double) throws {
    let pendulum = Pendulum()
    let buffer = ObservationBuffer(3)
    pendulum.begin(angle: 1, speed: 0, observation: buffer.pointer)
    let failure = #expect(throws: EnvironmentFailure.self) { try pendulum.step([value], buffer) }
    #expect(failure?.description == "Pendulum-v1, step 1: the action is \(value), not a number")
  }

  @Test func `the action 1 is the whole torque, and more is no more`() throws {
    #expect(try speed(after: 1) == 3 * 2 * 0.05)
    #expect(try speed(after: 1.5) == speed(after: 1))
    #expect(try speed(after: -0.5) == -speed(after: 0.5))
  }

  private func speed(after action: Double) throws -> Double {
    let pendulum = Pendulum()
    let buffer = ObservationBuffer(3)
    pendulum.begin(angle: 0, speed: 0, observation: buffer.pointer)
    _ = try pendulum.step([action], buffer)
    return pendulum.speed
  }
}
