import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

@Suite struct EnvironmentOptionsTests {
  private func description(_ options: [String: String]) throws -> EnvironmentDescription {
    try EnvironmentCatalog.description(
      of: EnvironmentSettings("HalfCheetah-v5", options: options))
  }

  @Test func `a description lists the options with their defaults`() throws {
    let options = try description([:]).options
    #expect(options.contains { $0.name == "ctrl_cost_weight" && $0.defaultValue == "0.1" })
    #expect(options.contains { $0.name == "frame_skip" && $0.defaultValue == "5" })
  }

  @Test func `an option changes what it is named for`() throws {
    let flag = "exclude_current_positions_from_observation"
    #expect(try description([flag: "False"]).observationSize == 18)
    let free = EnvironmentSettings("HalfCheetah-v5", options: ["ctrl_cost_weight": "0"])
    #expect(abs(try reward(free) - reward("HalfCheetah-v5") - 0.1 * 6 * 0.25) < 1e-12)
  }

  /// The reward of a first step under the control 0.5 on every joint.
  private func reward(_ settings: EnvironmentSettings) throws -> Double {
    let environment = try EnvironmentCatalog.make(settings)
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    let action = [Double](repeating: 0.5, count: environment.actionSize)
    return try environment.step(action, buffer).reward
  }

  @Test(arguments: [
    ("ctrl_cost", "1", "HalfCheetah-v5 has no option 'ctrl_cost': "),
    (
      "frame_skip", "0", "--env-option frame_skip is '0', expected a whole number from 1 to 10000"
    ),
    ("ctrl_cost_weight", "nan", "--env-option ctrl_cost_weight is 'nan', expected a number"),
    (
      "exclude_current_positions_from_observation", "2",
      "--env-option exclude_current_positions_from_observation is '2', expected true or false"
    ),
  ])
  func `a mistaken option is one line that says what is expected`(
    name: String, value: String, line: String
  ) throws {
    let error = #expect(throws: EnvironmentError.self) { try description([name: value]) }
    #expect(error?.code == .invalidOption)
    #expect(error?.description.hasPrefix(line) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: ["head", "14", "-1"])
  func `a body that the ant does not have is an error, by name and by number`(name: String) throws {
    let error = #expect(throws: EnvironmentError.self) {
      try EnvironmentCatalog.make(EnvironmentSettings("Ant-v5", options: ["main_body": name]))
    }
    #expect(
      error?.description == "--env-option main_body is '\(name)', expected the name of a body or a "
        + "number from 0 to 13")
  }

  @Test(arguments: [
    ("Hopper-v5", 1.0), ("Walker2d-v5", 1), ("Ant-v5", 1), ("Humanoid-v5", 5),
    ("Swimmer-v5", 0), ("Reacher-v5", 0), ("HalfCheetah-v5", 0), ("Pusher-v5", 0),
    ("InvertedPendulum-v5", 0), ("InvertedDoublePendulum-v5", 0),
  ])
  func `training subtracts by default what a robot is given for being alive`(
    id: String, bonus: Double
  ) throws {
    #expect(try EnvironmentCatalog.description(of: EnvironmentSettings(id)).aliveBonus == bonus)
  }

  @Test func `ranges are two numbers, also infinite ones, in order`() throws {
    var options = EnvironmentOptions(EnvironmentSettings("E", options: ["r": "-inf,0.5"]))
    #expect(try options.range("r", 0...1) == -Double.infinity...0.5)
    for text in ["1", "2,1", "a,b", "1,2,3", "nan,1"] {
      var options = EnvironmentOptions(EnvironmentSettings("E", options: ["r": text]))
      #expect(throws: EnvironmentError.self) { try options.range("r", 0...1) }
    }
  }

  @Test func `an action is held for the steps asked for, and the horizon counts environment steps`()
    throws
  {
    let settings = EnvironmentSettings("Pendulum-v1", horizon: 10, actionRepeat: 4)
    let rollout = Rollout(
      in: try EnvironmentCatalog.make(settings), hiddenSizes: [],
      actionRepeat: settings.actionRepeat)
    let episode = try rollout.run(.episodes(1))
    #expect(episode.steps == 10)
    #expect(episode.observations.count == 3, "the policy acts at steps 0, 4 and 8")
  }
}
