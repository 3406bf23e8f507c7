import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import Programs

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
    let replay = try Replay(
      settings, from: ReplayState(json: Self.text(of: state), source: state),
      actions: ReplayActions(jsonLines: Self.text(of: actions), source: actions))
    try replay.run { step in try StandardStreams.write(line: step.json) }
  }

  private static func text(of path: String) throws(CommandError) -> String {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw .data("\(path) cannot be read as text") }
    return text
  }
}
