import Environments
import Foundation
import Randomness
import Rendering

/// One episode, drawn and encoded while it is played.
final class EpisodeFilm {
  private let environment: any PhysicalEnvironment
  private let settings: FilmSettings
  private let renderer: SceneRenderer
  private let reel: FilmReel
  private let caption: (Double) -> [String]

  /// - Parameter caption: lines over the picture, of the return so far.
  init(
    of environment: any PhysicalEnvironment, _ settings: FilmSettings, on reel: FilmReel,
    caption: @escaping (Double) -> [String] = { _ in [] }
  ) throws {
    self.environment = environment
    self.settings = settings
    self.reel = reel
    self.caption = caption
    renderer = try SceneRenderer(
      of: environment, camera: settings.camera, width: settings.width, height: settings.height)
  }

  /// Plays the episode that `stream` names with the rollout that `player` makes of the environment.
  func play(
    _ stream: RandomStream, _ player: (any Environment) -> Rollout
  ) throws -> Rollout.Episode {
    let filmed = FilmedEnvironment(
      environment, horizon: settings.horizon(environment),
      stepsPerFrame: settings.stepsPerFrame(environment), film: take)
    do {
      return try player(filmed).run(stream)
    } catch {
      throw filmed.failure ?? error
    }
  }

  private func take(_ step: Int, _ totalReward: Double) throws {
    if step == 0 { renderer.frameRobot() }
    var frame = try renderer.draw()
    let lines = caption(totalReward)
    if !lines.isEmpty { frame.caption(lines) }
    try reel.add(
      frame, progress: "step \(step) of at most \(settings.horizon(environment))")
  }
}
