import ChromaticPolicy
import Foundation
import Testing

@testable import Environments

@Suite struct DeclaredFilesTests {
  @Test(arguments: [
    (
      "{\"forward_weight\": 1}",
      ": there is no option 'forward_weight': did you mean forward_reward_weight? it has body, "
    ),
    ("{\"healthy_z_range\": [2, 1]}", ": healthy_z_range is '2.0,1.0', expected two numbers"),
    ("{\"healthy_z_range\": [1]}", ": healthy_z_range is neither a number, a text, true or "),
    ("{\"body\": \"torso\"}", ": body is 'torso', expected sled"),
    ("{\"axis\": 1}", ": axis is '1', expected x or y or z"),
    ("{\"keyframe\": \"home\"}", ": keyframe is 'home', expected none or away"),
    ("{\"frame_skip\": 0}", ": frame_skip is '0', expected a whole number from 1 to 10000"),
    ("{\"horizon\": 2.5}", ": horizon is '2.5', expected a whole number"),
    (
      "{\"skipped_positions\": 3}",
      ": skipped_positions is '3', expected a whole number from 0 to 2"
    ),
    ("{\"ctrl_cost_weight\": null}", ": ctrl_cost_weight is neither a number"),
    (
      "{\"healthy_joint_ranges\": {\"rali\": [0, 1]}}",
      ": there is no option 'healthy_joint_ranges"
    ),
    (
      "{\"axis\": \"x\",\n \"frame_skip\": 2,\n \"axis\": \"y\"}",
      ": key 'axis' stands in lines 1 and 3: leave one of them"
    ),
    (
      "{\"healthy_joint_ranges\": {\"tilt\": [0, 1], \"tilt\": [0, 2]}}",
      ": key 'healthy_joint_ranges.tilt' stands twice in line 1: leave one of them"
    ),
    (
      "{\"healthy_joint_ranges\": {\"tilt\": [0, 1]}, \"healthy_joint_ranges.tilt\": [0, 2]}",
      ": healthy_joint_ranges.tilt is given within healthy_joint_ranges and by itself: leave one"
    ),
    ("[1]", " is no task file: expected one JSON object"),
    ("{\n\"body\": ", ": line 2 is no JSON: it ends too early"),
  ])
  func `a mistake in the task file is one line that names file and key`(task: String, line: String)
    throws
  {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: task)
    let error = #expect(throws: EnvironmentError.self) { try robot.describe() }
    let expected = "\(robot.path)/robot.task.json\(line)"
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
    #expect(error?.code == .invalidDeclaration)
  }

  @Test func `a mistaken option names the flag, not the file`() throws {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{\"frame_skip\": 2}")
    let error = #expect(throws: EnvironmentError.self) { try robot.describe(["frame_skip": "x"]) }
    #expect(error?.description.hasPrefix("--env-option frame_skip is 'x', expected") == true)
    #expect(error?.code == .invalidOption)
  }

  @Test func `a task that observes nothing is refused`() throws {
    let robot = try RobotDirectory(
      model: RobotDirectory.sled, task: "{\"skipped_positions\": 2, \"observe_velocities\": false}")
    let error = #expect(throws: EnvironmentError.self) { try robot.describe() }
    #expect(error?.description.hasSuffix("has nothing to observe: lower skipped_positions") == true)
  }

  @Test func `a model that is missing, damaged or has no actuator is one line that names it`()
    throws
  {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{}")
    try robot.write("<mujoco><worldbody><joint/>", to: "robot.xml")
    #expect(refusal(robot).hasPrefix("MuJoCo cannot load \(robot.modelPath): "))
    #expect(refusal(robot).hasSuffix("; mend the file"))
    try robot.write(
      "<mujoco><worldbody><body><geom size='1'/></body></worldbody></mujoco>", to: "robot.xml")
    #expect(refusal(robot).hasPrefix("\(robot.modelPath) has no actuator: "))
    try FileManager.default.removeItem(atPath: "\(robot.path)/robot.task.json")
    #expect(refusal(robot).hasPrefix("there is no task file \(robot.path)/robot.task.json: "))
    try FileManager.default.removeItem(atPath: robot.modelPath)
    #expect(refusal(robot).hasPrefix("there is no model file \(robot.modelPath): mjcf: takes "))
  }

  @Test
  func `a run's digest is refused where the model, a file it includes or the task is another one`()
    throws
  {
    let model = RobotDirectory.sled.replacing(
      "<worldbody>", with: "<include file='more.xml'/><worldbody>")
    let robot = try RobotDirectory(model: model, task: "{}")
    try robot.write("<mujoco><option timestep='0.01'/></mujoco>", to: "more.xml")
    let pins = try robot.describe().pins
    #expect(pins["digest"]?.count == 16)
    _ = try robot.describe(pins)

    let elsewhere = try RobotDirectory(model: model, task: "{}")
    try elsewhere.write("<mujoco><option timestep='0.01'/></mujoco>", to: "more.xml")
    _ = try elsewhere.describe(pins)
    for (name, text) in [
      ("more.xml", "<mujoco><option timestep='0.011'/></mujoco>"), ("robot.task.json", "{ }"),
      ("robot.xml", model.replacing("0 0 1", with: "0 0 1.01")),
    ] {
      let changed = try RobotDirectory(model: model, task: "{}")
      try changed.write("<mujoco><option timestep='0.01'/></mujoco>", to: "more.xml")
      try changed.write(text, to: name)
      let error = #expect(throws: EnvironmentError.self, "\(name)") { try changed.describe(pins) }
      #expect(error?.code == .otherFiles)
      #expect(error?.description.contains("have the digest ") == true)
      #expect(error?.description.contains("\(pins["digest"] ?? "") was asked for") == true)
    }
  }

  @Test func `where a model's meshes lie does not matter to the digest, what is in them does`()
    throws
  {
    let model = RobotDirectory.sled.replacing(
      "<worldbody>", with: "<asset><mesh name='m' file='m.obj'/></asset><worldbody>"
    ).replacing("<geom type=\"box\" size=\".1 .1 .1\"/>", with: "<geom type='mesh' mesh='m'/>")
    func robot(height: Double) throws -> RobotDirectory {
      let robot = try RobotDirectory(model: model, task: "{}")
      try robot.write(
        "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 \(height)\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n",
        to: "m.obj")
      return robot
    }
    let (first, second, higher) = (
      try robot(height: 1), try robot(height: 1), try robot(height: 2)
    )
    #expect(try first.describe().pins == second.describe().pins)
    #expect(try first.describe().pins != higher.describe().pins)
  }

  @Test
  func `files that change while a run uses them do not change the run, but are read for the next`()
    throws
  {
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{\"horizon\": 5}")
    let pins = try robot.describe().pins
    try robot.write("{\"horizon\": 6}", to: "robot.task.json")
    #expect(try robot.describe(pins).horizon == 5)
    #expect(try robot.describe().horizon == 6)
    #expect(throws: EnvironmentError.self) { try robot.describe(pins) }
  }

  private func refusal(_ robot: RobotDirectory) -> String {
    let error = #expect(throws: EnvironmentError.self) { try robot.describe() }
    #expect(error?.description.contains("\n") == false)
    return error?.description ?? ""
  }
}
