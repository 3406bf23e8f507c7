import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import Programs
import RunPlan

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Steps a MuJoCo environment from a given state through given actions.",
    discussion: """
      Prints one JSON line per step with observation, reward, terminated and truncated; ends after \
      a terminating step. Actions are passed on as they are, in the environment's own units.
      """)

  @Argument(help: "The environment's id.")
  var environment: String

  @Option(
    help: "A file with one JSON object: qpos, qvel and any other field of MuJoCo's state.",
    completion: .file(extensions: ["json"]))
  var state: String

  @Option(help: "A file with one JSON array per line.", completion: .file())
  var actions: String

  @OptionGroup(title: "Environment") var flags: EnvironmentFlags

  func run() throws {
    var settings = EnvironmentSettings(environment)
    try flags.apply(to: &settings)
    _ = try EnvironmentCatalog.description(of: settings)
    guard settings.actionRepeat == 1 else {
      throw InvalidSetting(
        "--action-repeat holds a policy's actions, replay is given each step's: leave it out")
    }
    let state = try Self.text(of: state, "--state, one JSON object")
    let actions = try Self.text(of: actions, "--actions, one JSON array per line")
    let replay = try Replay(
      settings, from: ReplayState(json: state, source: self.state),
      actions: ReplayActions(jsonLines: actions, source: self.actions))
    try replay.run { step in try StandardStreams.write(line: step.json) }
  }

  private static func text(of path: String, _ expected: String) throws(CommandError) -> String {
    let data = try InputFile.read(path, expected: expected)
    guard let text = String(data: data, encoding: .utf8) else {
      throw .data("\(path) is no text: expected \(expected)")
    }
    return text
  }
}
