import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import Randomness
import Rendering
import RunPlan
import ReadableNumbers

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Films one episode of a policy.",
    discussion: """
      Draws on the processor, without a display; 'ops/bootstrap --render' installs what that needs. \
      Writes .gif by itself, .mp4 and .webm through ffmpeg. Seed and episode name the episodes that \
      'chromatic evaluate' plays.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The film: .gif, .mp4 or .webm.", valueName: "file"),
    completion: .file(extensions: ["gif", "mp4", "webm"]))
  var output: String

  @Option(parsing: .unconditional, help: "Names the episodes' initial states.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "Which of the seed's episodes, from 0.")
  var episode = 0

  @Option(parsing: .unconditional, help: "Pixels in a row.")
  var width = 480

  @Option(parsing: .unconditional, help: "Rows of pixels.")
  var height = 360

  @Option(parsing: .unconditional, help: "Pictures per second of simulated time, at most.")
  var fps = 25

  @Option(
    parsing: .unconditional,
    help: "Environment steps after which to stop. (default: at the episode's end)")
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "A camera of the model. (default: one that follows the robot)", valueName: "name"))
  var camera: String?

  @OptionGroup var moved: MovedModel

  func run() throws {
    try checkNumbers()
    let format = try FilmFormat(path: output)
    let playable = try PlayablePolicy(policy, moved: moved)
    guard let environment = playable.environment as? any PhysicalEnvironment else {
      throw CommandError.data(
        "\(policy) acts in \(playable.policy.environment.id), which has no model to draw: "
          + "only MuJoCo's environments are rendered")
    }
    try FilmFormat.checkWritable(output)
    let film = try EpisodeFilm(
      of: environment, camera: camera, width: width, height: height, framesPerSecond: fps,
      horizon: steps ?? environment.horizon, encoder: format.encoder)
    let stream = RandomStream(seed: seed, purpose: .evaluationEpisode, index: UInt32(episode))
    let played = try film.play(stream) { playable.rollout(in: $0) }
    print(
      "\(output)  \(film.frames) pictures of \(played.steps) steps, \(width)x\(height), "
        + "return \(played.totalReward.returnText(.plain))")
  }

  private func checkNumbers() throws(InvalidSetting) {
    for (flag, value, range) in [
      ("--episode", episode, 0...999_999), ("--width", width, 16...4096),
      ("--height", height, 16...4096), ("--fps", fps, 1...100),
      ("--steps", steps ?? 1, 1...EnvironmentSettings.largestCount),
    ] where !range.contains(value) {
      throw InvalidSetting(
        flag, is: value, expected: "\(range.lowerBound) to \(range.upperBound)")
    }
  }
}
