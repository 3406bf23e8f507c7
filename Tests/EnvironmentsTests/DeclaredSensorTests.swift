import Randomness
import Testing

@testable import Environments

/// MuJoCo's sensors in a declared task.
@Suite struct DeclaredSensorTests {
  /// The sled with three sensors, one of three numbers.
  private static let model = RobotDirectory.sled.replacing(
    "<actuator>",
    with: """
      <sensor><jointpos name="place" joint="rail"/><framepos name="centre" objtype="body" objname="sled"/>
      <jointvel joint="rail"/></sensor><actuator>
      """)

  private func outcome(
    _ task: String, options: [String: String] = [:]
  ) throws -> (observation: [Double], reward: Double) {
    let robot = try RobotDirectory(model: Self.model, task: task)
    let environment = try EnvironmentCatalog.make(
      robot.settings(options.merging(["keyframe": "0", "reset_noise_scale": "0"]) { $1 }))
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    let values = buffer.values
    return (values, try environment.step([0], buffer).reward)
  }

  @Test func `sensors are observed after positions and velocities, by name or all`() throws {
    #expect(try outcome("{}").observation == [0.5, 0, 0])
    let some = try outcome(#"{"observe_sensors": ["centre", "place"]}"#).observation
    #expect(some == [0.5, 0, 0, 2, 0, 1, 2])
    #expect(try outcome("{}", options: ["observe_sensors": "place"]).observation == [0.5, 0, 0, 2])
    let all = ["observe_sensors": "all", "observe_velocities": "false"]
    #expect(try outcome("{}", options: all).observation == [0.5, 2, 2, 0, 1, 0])
  }

  @Test func `sensors are rewarded by weight, each number of several by its own`() throws {
    let still = #""forward_reward_weight": 0"#
    #expect(try outcome("{\(still)}").reward == 0)
    #expect(try outcome("{\(still), \"sensor_rewards\": {\"place\": 3}}").reward == 6)
    let vector =
      "{\(still), \"sensor_rewards\": {\"centre.0\": 1, \"centre.2\": -0.5, \"place\": 1}}"
    let falling = try outcome(vector).reward
    #expect(abs(falling - 3.5) < 1e-3)
  }

  @Test(arguments: [
    (
      ["observe_sensors": "place,nose"],
      "observe_sensors is 'place,nose', expected none, all, or names"
    ),
    (["sensor_rewards.nose": "1"], "has no option 'sensor_rewards.nose'"),
    (["sensor_rewards.centre": "1"], "has no option 'sensor_rewards.centre'"),
    (["sensor_rewards.place": "much"], "sensor_rewards.place is 'much', expected a number"),
  ])
  func `a sensor that is none is named`(options: [String: String], line: String) throws {
    let robot = try RobotDirectory(model: Self.model, task: "{}")
    let error = #expect(throws: EnvironmentError.self) { try robot.describe(options) }
    #expect(error?.description.contains(line) == true, "\(error?.description ?? "")")
  }

  @Test func `a model without sensors has the options it had`() throws {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{}")
    #expect(try !robot.describe().options.contains { $0.name.contains("sensor") })
  }
}
