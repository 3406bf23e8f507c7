import ChromaticPolicy
import Foundation

@testable import Environments

/// A directory with a model and a task file, as a user has them; removed with the value.
final class RobotDirectory {
  let path = "\(NSTemporaryDirectory())chromatic-robot-\(UUID().uuidString)"
  var modelPath: String { "\(path)/robot.xml" }

  init(model: String, task: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write(model, to: "robot.xml")
    try write(task, to: "robot.task.json")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func settings(_ options: [String: String] = [:]) -> EnvironmentSettings {
    EnvironmentSettings("mjcf:\(modelPath)", options: options)
  }

  func describe(_ options: [String: String] = [:]) throws -> EnvironmentDescription {
    try EnvironmentCatalog.description(of: settings(options))
  }

  /// A box on a slide, pushed by one motor without a limit.
  static let sled = """
    <mujoco><worldbody><geom type="plane" size="5 5 1"/>
    <body name="sled" pos="0 0 1"><joint name="rail" type="slide" axis="1 0 0"/>
    <joint name="tilt" type="hinge" axis="0 1 0"/>
    <geom type="box" size=".1 .1 .1"/></body></worldbody>
    <actuator><motor joint="rail"/></actuator>
    <keyframe><key name="away" qpos="2 0.5"/></keyframe></mujoco>
    """
}
