import CMuJoCo
import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

/// All that MuJoCo integrates from is state: what keyframes hold, what is read, set and replayed.
@Suite struct WholeStateTests {
  /// A sled pulled through a muscle-like filter, welded to a mocap body and pushed by a delayed motor.
  private static let model = """
    <mujoco><size nuserdata="3"/><worldbody>
    <body name="hand" mocap="true" pos="1 0 1"/>
    <body name="sled" pos="0 0 1"><joint name="rail" type="slide" axis="1 0 0"/>
    <joint name="tilt" type="hinge" axis="0 1 0"/>
    <geom type="box" size=".1 .1 .1"/></body></worldbody>
    <equality><connect body1="sled" body2="hand" anchor="0 0 0" solref="0.3 1"/></equality>
    <actuator><general joint="rail" dyntype="filter" dynprm="0.5" gainprm="3"/>
    <motor joint="tilt" delay="0.01" nsample="5" gear="0.01"/></actuator>
    <keyframe>
    <key qpos="0.5 0.1" qvel="0.2 0" act="0.7" mpos="-2 0 3" mquat="0 1 0 0" ctrl="0.3 0.4" time="2"/>
    <key name="away" qpos="2 0.5"/><key name="0" qpos="3 0"/></keyframe></mujoco>
    """

  private func robot(_ task: String = "{\"reset_noise_scale\": 0}") throws -> RobotDirectory {
    try RobotDirectory(model: Self.model, task: task)
  }

  private func make(_ settings: EnvironmentSettings) throws -> any StatefulEnvironment {
    try #require(try EnvironmentCatalog.make(settings) as? any StatefulEnvironment)
  }

  private func make(
    _ robot: RobotDirectory, _ options: [String: String] = [:]
  ) throws -> any StatefulEnvironment {
    try withExtendedLifetime(robot) { try make(robot.settings(options)) }
  }

  @Test func `the parts of the state are all that MuJoCo integrates from, each once`() {
    let bits = StateComponent.allCases.map(\.signature)
    #expect(bits.reduce(0, |) == Int32(mjSTATE_INTEGRATION.rawValue))
    #expect(bits.reduce(0, +) == Int32(mjSTATE_INTEGRATION.rawValue))
  }

  @Test func `an episode from a keyframe starts from all that it holds, also one without a name`()
    throws
  {
    let robot = try robot()
    let environment = try make(robot, ["keyframe": "1"])
    let buffer = ObservationBuffer(environment.observationSize)
    func start(_ keyframe: String) throws -> ReplayState {
      let environment = try make(robot, ["keyframe": keyframe])
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      return environment.state
    }
    #expect(try start("1") == start("away"))
    #expect(try start("0").qpos == [3, 0], "a name comes before a number")
    #expect(try start("none").parts[.mocapPositions] == [1, 0, 1])

    let unnamed = try RobotDirectory(
      model: Self.model.replacing("name=\"0\"", with: ""), task: "{\"keyframe\": 0}")
    let first = try make(unnamed, ["reset_noise_scale": "0"])
    var random = RandomStream.episodes(0)
    try first.reset(&random, observation: buffer.pointer)
    let parts = first.state.parts
    #expect(parts[.positions] == [0.5, 0.1] && parts[.velocities] == [0.2, 0])
    #expect(parts[.activations] == [0.7] && parts[.controls] == [0.3, 0.4])
    #expect(parts[.mocapPositions] == [-2, 0, 3] && parts[.mocapQuaternions] == [0, 1, 0, 0])
    #expect(parts[.time] == [2])
  }

  @Test func `a keyframe that the model does not have is one line that says which it has`() throws {
    let robot = try robot("{\"keyframe\": 3}")
    let error = #expect(throws: EnvironmentError.self) { try robot.describe() }
    let line = "keyframe is '3', expected none or away or 0 or a number from 0 to 2"
    #expect(error?.description.hasSuffix(line) == true, "\(error?.description ?? "")")
    #expect(throws: EnvironmentError.self) { try robot.describe(["keyframe": ""]) }
    #expect(throws: EnvironmentError.self) { try robot.describe(["keyframe": "-1"]) }
  }

  @Test func `a state that was read in an episode and set elsewhere goes on with the same bits`()
    throws
  {
    let robot = try robot()
    defer { withExtendedLifetime(robot) {} }
    let settings =
      try EnvironmentCatalog.all().map { EnvironmentSettings($0.id) } + [
        robot.settings(["keyframe": "0"])
      ]
    var compared = 0
    for settings in settings {
      guard let played = try EnvironmentCatalog.make(settings) as? any StatefulEnvironment
      else { continue }
      let buffer = ObservationBuffer(played.observationSize)
      var random = RandomStream.episodes(3)
      try played.reset(&random, observation: buffer.pointer)
      for _ in 0..<7 { _ = try played.step(random.action(played.actionSize), buffer) }
      let resumed = try make(settings)
      try resumed.setState(played.state, observation: buffer.pointer)
      #expect(resumed.state == played.state, "\(settings.id)")
      for _ in 0..<5 {
        let action = random.action(played.actionSize)
        _ = try played.step(action, buffer)
        let expected = buffer.values
        _ = try resumed.step(action, buffer)
        #expect(resumed.state == played.state && buffer.values == expected, "\(settings.id)")
      }
      compared += 1
    }
    #expect(compared >= 12)
  }

  @Test func `what a state leaves out is as episodes start`() throws {
    let environment = try make(robot(), ["keyframe": "0"])
    let buffer = ObservationBuffer(environment.observationSize)
    try environment.setState(
      ReplayState(qpos: [0, 0], qvel: [1, 0]), observation: buffer.pointer)
    #expect(environment.state.qvel == [1, 0])
    #expect(environment.state.parts[.mocapPositions] == [1, 0, 1], "that of the keyframe '0'")
    let unnamed = try make(
      RobotDirectory(model: Self.model.replacing("name=\"0\"", with: ""), task: "{}"),
      ["keyframe": "0"])
    try unnamed.setState(ReplayState(qpos: [0, 0], qvel: [1, 0]), observation: buffer.pointer)
    #expect(unnamed.state.parts[.mocapPositions] == [-2, 0, 3])
  }

  @Test func `a state of JSON may hold every part, by MuJoCo's names`() throws {
    let json =
      "{\"time\": 1.5, \"qpos\": [0, 0], \"qvel\": [0, 0], \"act\": [0.25],"
      + "\"mocap_pos\": [0, 0, 2], \"userdata\": [1, 2, 3]}"
    let environment = try make(robot())
    let buffer = ObservationBuffer(environment.observationSize)
    let state = try ReplayState(json: json, source: "state")
    try state.checkSizes(environment)
    try environment.setState(state, observation: buffer.pointer)
    for (part, values) in state.parts { #expect(environment.state.parts[part] == values) }

    let unknown = #expect(throws: EnvironmentError.self) {
      try ReplayState(
        json: "{\"qpos\": [], \"qvel\": [], \"mocap_poss\": [1]}", source: "state.json")
    }
    #expect(
      unknown?.description.hasPrefix(
        "state.json: a state has no mocap_poss: did you mean mocap_pos? it has time, qpos") == true)
    let short = #expect(throws: EnvironmentError.self) {
      try ReplayState(json: json.replacing("[0.25]", with: "[]"), source: "s").checkSizes(
        environment)
    }
    #expect(short?.description.contains("0 numbers of act; mjcf:") == true)
  }

  @Test(arguments: [-1e9, 5, 0.5, 1e300])
  func `a history that points beside its samples is refused`(cursor: Double) throws {
    let environment = try make(robot())
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    var parts = environment.state.parts
    parts[.history]?[1] = cursor
    let failure = #expect(throws: EnvironmentFailure.self) {
      try environment.setState(ReplayState(parts), observation: buffer.pointer)
    }
    #expect(failure?.description.contains("expected a whole number from 0 to 4") == true)
  }

  @Test(arguments: [[1, 0], [-0.1, 3], [0.5, 1.5], [0.5, -1], [.nan, 0]])
  func `a Minitaur's memory that no episode leaves is refused`(memory: [Double]) throws {
    let environment = try make("MinitaurTrajectoryGenerator-v0")
    let buffer = ObservationBuffer(environment.observationSize)
    var parts = environment.state.parts
    parts[.userData] = memory
    #expect(throws: EnvironmentFailure.self) {
      try environment.setState(ReplayState(parts), observation: buffer.pointer)
    }
  }
}
