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
    abstract:
      "Films an episode of a policy, of several side by side, or of a run's policies over time.",
    discussion: """
      Draws on the processor, without a display; 'ops/bootstrap --render' installs what that needs. \
      Writes .gif by itself, .mp4 and .webm through ffmpeg. Seed and episode name the episodes that \
      'chromatic evaluate' plays. --compare shows policies of one environment side by side on the same episode; \
      --history the best policy after every few iterations of a run that 'chromatic train' left in a \
      directory, one after the other.
      """)

  @Argument(
    help: ArgumentHelp(
      "A policy file; several with --compare; a run's directory with --history.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Flag(help: "Film several policies side by side.")
  var compare = false

  @Flag(help: "Film the best policies of a run's iterations one after the other.")
  var history = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --history only iterations that are multiples of this one, and the last.",
      valueName: "iterations"))
  var every: Int?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The film: .gif, .mp4 or .webm.", valueName: "file"),
    completion: .file(extensions: ["gif", "mp4", "webm"]))
  var output: String

  @Option(parsing: .unconditional, help: "Names the episodes' initial states.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "Which of the seed's episodes, from 0.")
  var episode = 0

  @Option(parsing: .unconditional, help: "Pixels in a row, of each policy with --compare.")
  var width = 480

  @Option(parsing: .unconditional, help: "Rows of pixels.")
  var height = 360

  @Option(parsing: .unconditional, help: "Pictures per second of simulated time, at most.")
  var fps = 25

  @Option(
    parsing: .unconditional,
    help:
      "Environment steps after which to stop. (default: at the episode's end; with --history \(HistoryFilm.usualSteps) for each policy)"
  )
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "A camera of the model. (default: one that follows the robot)", valueName: "name"))
  var camera: String?

  @OptionGroup var moved: MovedModel

  func run() throws {
    try checkNumbers()
    let format = try FilmFormat(path: output)
    switch (compare, history) {
    case (true, true):
      throw CommandError.usage("--compare and --history are two kinds of films: give one of them")
    case (true, false): try filmComparison(format)
    case (false, true): try filmHistory(format)
    case (false, false): try filmEpisode(format)
    }
  }

  private func filmEpisode(_ format: FilmFormat) throws {
    let path = try onlyPath(expected: "one policy file, or --compare with several")
    let (playable, environment) = try player(PlayablePolicy(path, moved: moved), path)
    try OutputFile.checkWritable(output)
    let reel = FilmReel(format.encoder(secondsPerFrame: settings.secondsPerFrame(environment)))
    let film = try EpisodeFilm(of: environment, settings, on: reel)
    let played = try film.play(stream) { playable.rollout(in: $0) }
    try reel.finish()
    print(
      "\(output)  \(reel.frames) pictures of \(played.steps) steps, \(width)x\(height), "
        + "return \(played.totalReward.returnText(.plain))")
  }

  private func filmComparison(_ format: FilmFormat) throws {
    guard (2...ComparisonFilm.mostPolicies).contains(paths.count) else {
      throw CommandError.usage(
        "--compare is given \(paths.count) policy files, expected 2 to \(ComparisonFilm.mostPolicies)"
      )
    }
    let players = try zip(FigureNames.of(paths), paths).map { name, path in
      let (playable, environment) = try player(PlayablePolicy(path, moved: moved), path)
      return (name: name, player: playable, environment: environment)
    }
    for (path, other) in zip(paths, players).dropFirst() {
      let (first, second) = (players[0].player.policy.environment, other.player.policy.environment)
      guard first.id == second.id, first.options == second.options else {
        throw CommandError.data(
          "\(paths[0]) acts in \(first), \(path) in \(second): --compare shows policies of one "
            + "environment with the same options")
      }
    }
    try OutputFile.checkWritable(output)
    let pace = settings.secondsPerFrame(players[0].environment)
    let reel = FilmReel(format.encoder(secondsPerFrame: pace))
    let episodes = try ComparisonFilm(players, settings).play(stream, on: reel)
    try reel.finish()
    print("\(output)  \(reel.frames) pictures, \(width * players.count)x\(height)")
    for (path, episode) in zip(paths, episodes) {
      print("\(path)  \(episode.steps) steps, return \(episode.totalReward.returnText(.plain))")
    }
  }

  private func filmHistory(_ format: FilmFormat) throws {
    let path = try onlyPath(expected: "the directory of one run")
    let scenes = try OutputDirectory(path: path).policies.read(every: every ?? 1)
    let (playable, environment) = try player(
      PlayablePolicy(scenes[0].policy, from: path, moved: moved), path)
    try OutputFile.checkWritable(output)
    var settings = settings
    settings.steps = steps ?? HistoryFilm.usualSteps
    let reel = FilmReel(format.encoder(secondsPerFrame: settings.secondsPerFrame(environment)))
    let played = try HistoryFilm(scenes, playable, in: environment, settings).play(stream, on: reel)
    try reel.finish()
    print(
      "\(output)  \(reel.frames) pictures of \(played) steps, \(width)x\(height), "
        + "\(scenes.count) \(scenes.count == 1 ? "policy" : "policies")")
  }

  private var settings: FilmSettings {
    FilmSettings(camera: camera, width: width, height: height, framesPerSecond: fps, steps: steps)
  }

  private var stream: RandomStream {
    RandomStream(seed: seed, purpose: .evaluationEpisode, index: UInt32(episode))
  }

  private func onlyPath(expected: String) throws(CommandError) -> String {
    guard let path = paths.first, paths.count == 1 else {
      throw .usage("\(paths.count) paths are given, expected \(expected)")
    }
    return path
  }

  /// A policy with its environment, which has to be one that can be drawn.
  private func player(
    _ playable: PlayablePolicy, _ path: String
  ) throws(CommandError) -> (PlayablePolicy, any PhysicalEnvironment) {
    guard let environment = playable.environment as? any PhysicalEnvironment else {
      throw .data(
        "\(path) acts in \(playable.policy.environment.id), which has no model to draw: "
          + "only MuJoCo's environments are rendered")
    }
    return (playable, environment)
  }

  private func checkNumbers() throws(InvalidSetting) {
    for (flag, value, range) in [
      ("--episode", episode, 0...999_999), ("--width", width, 16...4096),
      ("--height", height, 16...4096), ("--fps", fps, 1...100),
      ("--steps", steps ?? 1, 1...EnvironmentSettings.largestCount),
      ("--every", every ?? 1, 1...EnvironmentSettings.largestCount),
    ] where !range.contains(value) {
      throw InvalidSetting(
        flag, is: value, expected: "\(range.lowerBound) to \(range.upperBound)")
    }
    if every != nil, !history {
      throw InvalidSetting("--every chooses among a run's policies: give it with --history")
    }
  }
}
