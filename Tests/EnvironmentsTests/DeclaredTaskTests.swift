import Foundation
import Randomness
import Testing

@testable import Environments

@Suite struct DeclaredTaskTests {
  @Test func `half a cheetah declared as Gymnasium rewards it is HalfCheetah-v5, bit for bit`()
    throws
  {
    let model = try String(
      contentsOfFile: AssetDirectory.file("half_cheetah.xml"), encoding: .utf8)
    let robot = try RobotDirectory(
      model: model,
      task: """
        {"body": "torso", "forward_reward_weight": 1, "ctrl_cost_weight": 0.1, \
        "reset_noise_scale": 0.1}
        """)
    let declared = try Episode(EnvironmentCatalog.make(robot.settings()), steps: 300)
    let expected = try Episode(EnvironmentCatalog.make("HalfCheetah-v5"), steps: 300)
    #expect(declared == expected)
    #expect(Set(declared.outcomes.map(\.reward)).count == 300)
  }

  @Test func `an episode ends when the body leaves its healthy heights, unless told otherwise`()
    throws
  {
    let robot = try RobotDirectory(
      model: RobotDirectory.sled,
      task: "{\"healthy_z_range\": [1.5, null], \"healthy_reward\": 2, \"ctrl_cost_weight\": 0}")
    #expect(try robot.describe().aliveBonus == 2)
    #expect(try firstStep(robot).terminated)
    #expect(try !firstStep(robot, ["terminate_when_unhealthy": "false"]).terminated)
    let healthy = try firstStep(robot, ["healthy_z_range": "0.5,1.5"])
    #expect(!healthy.terminated)
    #expect(try abs(healthy.reward - firstStep(robot).reward - 2) < 1e-12)
  }

  @Test func `an episode ends when a joint leaves its healthy range`() throws {
    let robot = try RobotDirectory(
      model: RobotDirectory.sled, task: "{\"healthy_joint_ranges\": {\"tilt\": [-0.2, 0.2]}}")
    #expect(try !firstStep(robot).terminated)
    #expect(try firstStep(robot, ["healthy_joint_ranges.tilt": "0.3,0.4"]).terminated)
    #expect(try firstStep(robot, ["keyframe": "away"]).terminated, "tilted by 0.5 there")
  }

  @Test func `a motor without a limit gets the action itself`() throws {
    let robot = try RobotDirectory(
      model: RobotDirectory.sled,
      task: "{\"forward_reward_weight\": 0, \"ctrl_cost_weight\": 1}")
    #expect(try firstStep(robot, action: 0.5).reward == -0.25)
  }

  @Test func `contacts cost their clipped forces`() throws {
    let lying = RobotDirectory.sled.replacing("pos=\"0 0 1\"", with: "pos=\"0 0 0.095\"")
    let robot = try RobotDirectory(
      model: lying, task: "{\"forward_reward_weight\": 0, \"ctrl_cost_weight\": 0}")
    #expect(try firstStep(robot).reward == 0)
    let cost = try -firstStep(robot, ["contact_cost_weight": "1"]).reward
    #expect(cost > 0.5 && cost <= 12)
    let wide = ["contact_cost_weight": "1", "contact_force_range": "-2,2"]
    #expect(try -firstStep(robot, wide).reward > cost)
  }

  @Test func `the observation is what the task file says`() throws {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{\"keyframe\": \"away\"}")
    #expect(try robot.describe().observationSize == 3, "the rail is hidden, velocities are not")
    #expect(try first(robot, ["reset_noise_scale": "0"]) == [0.5, 0, 0])
    let whole = ["skipped_positions": "0", "observe_velocities": "false"]
    #expect(try first(robot, whole.merging(["reset_noise_scale": "0"]) { $1 }) == [2, 0.5])
    let clipped = try first(robot, ["reset_noise_scale": "3", "velocity_clip": "0.001"])
    #expect(clipped.suffix(2).allSatisfy { abs($0) == 0.001 })
  }

  @Test func `horizon and frame skip are the task file's, and the command line's before them`()
    throws
  {
    let robot = try RobotDirectory(
      model: RobotDirectory.sled, task: "{\"horizon\": 7, \"frame_skip\": 3}")
    #expect(try robot.describe().horizon == 7)
    #expect(try robot.describe(["horizon": "9"]).horizon == 9)
    let environment = try #require(
      try EnvironmentCatalog.make(robot.settings()) as? any StatefulEnvironment)
    #expect(environment.frameSkip == 3)
    #expect(environment.id == "mjcf:\(robot.modelPath)")
    let options = try robot.describe().options
    #expect(options.contains { $0.name == "frame_skip" && $0.defaultValue == "3" })
  }

  private func firstStep(
    _ robot: RobotDirectory, _ options: [String: String] = [:], action: Double = 0
  ) throws -> StepOutcome {
    let environment = try EnvironmentCatalog.make(robot.settings(options))
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    return try environment.step([action], buffer)
  }

  private func first(_ robot: RobotDirectory, _ options: [String: String]) throws -> [Double] {
    try Episode(EnvironmentCatalog.make(robot.settings(options)), steps: 0).observations[0]
  }
}

/// The observations and outcomes of an episode under random actions, also beyond the range.
private struct Episode: Equatable {
  var observations: [[Double]] = []
  var outcomes: [StepOutcome] = []

  init(_ environment: any Environment, steps: Int) throws {
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(5)
    try environment.reset(&random, observation: buffer.pointer)
    observations.append(buffer.values)
    for _ in 0..<steps {
      let action = random.action(environment.actionSize).map { 1.2 * $0 }
      outcomes.append(try environment.step(action, buffer))
      observations.append(buffer.values)
    }
  }
}
