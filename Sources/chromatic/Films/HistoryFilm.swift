import Environments
import Figures
import Randomness
import ReadableNumbers
import Rendering

/// The best policies of a run one after the other, each on the same episode.
struct HistoryFilm {
  /// Steps of a scene if nothing is said.
  static let usualSteps = 100

  private let scenes: [PartitionFilm.Scene]
  private let player: PlayablePolicy
  private let environment: any PhysicalEnvironment
  private let settings: FilmSettings

  /// A film of policies that a run kept; `player` plays one of them.
  init(
    _ scenes: [PartitionFilm.Scene], _ player: PlayablePolicy,
    in environment: any PhysicalEnvironment, _ settings: FilmSettings
  ) {
    self.scenes = scenes
    self.player = player
    self.environment = environment
    self.settings = settings
  }

  /// Plays the episode that `stream` names with each policy; returns all steps.
  func play(_ stream: RandomStream, on reel: FilmReel) throws -> Int {
    var steps = 0
    for scene in scenes {
      let found =
        scene.policy.evaluation.map { ["found with return \($0.mean.returnText())"] } ?? []
      let heading = ["iteration \(scene.iteration.grouped)"] + found
      let film = try EpisodeFilm(of: environment, settings, on: reel) { total in
        heading + ["here \(total.returnText()) so far"]
      }
      steps += try film.play(stream) { player.playing(scene.policy).rollout(in: $0) }.steps
    }
    return steps
  }
}
