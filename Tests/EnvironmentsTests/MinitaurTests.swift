import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import Environments

@Suite struct MinitaurTests {
  let minitaur: Minitaur
  let buffer = ObservationBuffer(7)

  init() throws {
    minitaur = try Minitaur()
  }

  @Test func `standing on four legs it stays upright, level and where it is`() throws {
    var action = [Double](repeating: 0, count: 13)
    action[1] = -1
    let quiet = try Minitaur(resetNoise: 0)
    try reset(quiet)
    for _ in 0..<300 { #expect(try !quiet.step(action, buffer).terminated) }
    #expect(abs(buffer.values[0]) < 0.001 && abs(buffer.values[1]) < 0.005)
    #expect(abs(quiet.simulation.qpos[0]) < 0.005 && abs(quiet.simulation.qpos[1]) < 0.001)
    #expect(quiet.simulation.qpos[2] > 0.18)
  }

  @Test func `under a zero policy the generators alone walk forward for the whole horizon`() throws
  {
    try reset(minitaur)
    let still = [Double](repeating: 0, count: 13)
    for _ in 0..<1000 { #expect(try !minitaur.step(still, buffer).terminated) }
    #expect(minitaur.simulation.qpos[0] > 1)
  }

  @Test func `linear policies drawn at random have different returns, the same one the same`()
    throws
  {
    let returns = try (0..<6).map { try episodeReturn(policy: $0) }
    #expect(Set(returns).count == 6)
    #expect(try episodeReturn(policy: 3) == returns[3])
  }

  @Test func `a replay from an episode's first state under its actions gives its observations`()
    throws
  {
    try reset(minitaur)
    let start = minitaur.state
    var random = RandomStream.episodes(4)
    let actions = (0..<20).map { _ in random.action(13) }
    let expected = try actions.map { action in
      _ = try minitaur.step(action, buffer)
      return buffer.values
    }
    let lines = actions.map(\.description).joined(separator: "\n")
    var observations: [[Double]] = []
    try Replay(
      EnvironmentSettings(Minitaur.id), from: start,
      actions: ReplayActions(jsonLines: lines, source: "actions")
    ).run { observations.append($0.observation) }
    #expect(observations == expected)
  }

  @Test func `a robot that tips over or sinks ends the episode`() throws {
    let still = [Double](repeating: 0, count: 13)
    try reset(minitaur)
    minitaur.simulation.qpos[3] = cos(0.4)
    minitaur.simulation.qpos[4] = sin(0.4)
    #expect(try minitaur.step(still, buffer).terminated)
    try reset(minitaur)
    minitaur.simulation.qpos[2] = 0.11
    #expect(try minitaur.step(still, buffer).terminated)
    try reset(minitaur)
    #expect(try !minitaur.step(still, buffer).terminated)
  }

  @Test func `no motor exceeds its torque, whatever the policy does`() throws {
    var random = RandomStream.episodes(1)
    var largest = 0.0
    try reset(minitaur)
    for _ in 0..<300 {
      if try minitaur.step(random.action(13), buffer).terminated { try reset(minitaur) }
      for i in 0..<8 {
        largest = max(largest, abs(minitaur.simulation.data.pointee.actuator_force[i]))
      }
    }
    #expect(largest <= 3.5)
    #expect(largest > 3, "the motors were never asked for much")
  }

  @Test func `the reward is largest at the desired speed, which rises to its end in 300 steps`()
    throws
  {
    try reset(minitaur)
    let still = [Double](repeating: 0, count: 13)
    for step in 1...310 {
      let before = minitaur.simulation.qpos[0]
      let outcome = try minitaur.step(still, buffer)
      let speed = (minitaur.simulation.qpos[0] - before) / 0.01
      let target = 0.5 * min(1, Double(step) / 300)
      #expect(abs(outcome.reward - 0.5 * exp(-pow((target - speed) / 0.5, 2) / 2)) < 1e-9)
      #expect(buffer.values[4] == target)
    }
  }

  @Test func `it observes roll, pitch, their rates, the desired speed and the generators' phase`()
    throws
  {
    try reset(minitaur)
    var action = [Double](repeating: 0, count: 13)
    action[0] = 1
    for step in 1...40 {
      _ = try minitaur.step(action, buffer)
      let values = buffer.values
      let (w, x, y, z) = (3..<7).map { minitaur.simulation.qpos[$0] }.quaternion
      #expect(abs(values[0] - atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y))) < 1e-12)
      #expect(abs(values[1] - asin(2 * (w * y - z * x))) < 1e-12)
      #expect(values[2...3] == [minitaur.simulation.qvel[3], minitaur.simulation.qvel[4]])
      #expect(abs(values[5] - cos(2 * .pi * 0.03 * Double(step))) < 1e-9)
      #expect(abs(values[6] - sin(2 * .pi * 0.03 * Double(step))) < 1e-9)
    }
  }

  @Test(arguments: [Double.nan, .infinity])
  func `an action that is no number is a failure, never a reward`(value: Double) throws {
    try reset(minitaur)
    var action = [Double](repeating: 0, count: 13)
    action[12] = value
    let failure = #expect(throws: EnvironmentFailure.self) { try minitaur.step(action, buffer) }
    #expect(
      failure?.description == "MinitaurTrajectoryGenerator-v0, step 1: action component 12 is "
        + "\(value), not a number")
  }

  @Test(arguments: ["0", "-1", "inf", "x"])
  func `a desired speed that is none is an option refused`(text: String) {
    let error = #expect(throws: EnvironmentError.self) {
      try EnvironmentCatalog.description(
        of: EnvironmentSettings(Minitaur.id, options: ["desired_speed": text]))
    }
    #expect(error?.code == .invalidOption)
  }

  @Test func `a step allocates nothing`() throws {
    try reset(minitaur)
    #expect(try minitaur.allocations(under: Array(repeating: 0, count: 13), buffer) == 0)
  }

  private func reset(_ minitaur: Minitaur) throws {
    var random = RandomStream.episodes(0)
    try minitaur.reset(&random, observation: buffer.pointer)
  }

  /// The return of one episode under the numbered linear policy with weights of deviation 0.3.
  private func episodeReturn(policy: UInt32) throws -> Double {
    var random = RandomStream.episodes(100 + policy)
    let weights = (0..<13).map { _ in (0..<7).map { _ in 0.3 * random.gaussian() } }
    try reset(minitaur)
    var total = 0.0
    for _ in 0..<200 {
      let observation = buffer.values
      let action = weights.map { row in tanh(zip(row, observation).reduce(0) { $0 + $1.0 * $1.1 }) }
      let outcome = try minitaur.step(action, buffer)
      total += outcome.reward
      if outcome.terminated { break }
    }
    return total
  }
}

extension [Double] {
  /// The four numbers as w, x, y, z.
  fileprivate var quaternion: (Double, Double, Double, Double) {
    (self[0], self[1], self[2], self[3])
  }
}
