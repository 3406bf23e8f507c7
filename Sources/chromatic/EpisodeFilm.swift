import Environments
import Foundation
import Randomness
import Rendering

/// One episode, drawn and encoded while it is played.
final class EpisodeFilm {
  /// Pictures so far.
  private(set) var frames = 0

  private let environment: any PhysicalEnvironment
  private let horizon: Int
  private let stepsPerFrame: Int
  private let renderer: SceneRenderer
  private var encoder: any FilmEncoder
  private var lastReport = Date()

  /// A film in real time, with as many steps between pictures as `framesPerSecond` allows.
  init(
    of environment: any PhysicalEnvironment, camera: String?, width: Int, height: Int,
    framesPerSecond: Int, horizon: Int, encoder: (Double) -> any FilmEncoder
  ) throws {
    self.environment = environment
    self.horizon = min(horizon, environment.horizon)
    let steps = (1 / (Double(framesPerSecond) * environment.stepDuration)).rounded()
    stepsPerFrame = Int(max(1, min(steps, Double(self.horizon))))
    renderer = try SceneRenderer(of: environment, camera: camera, width: width, height: height)
    self.encoder = encoder(Double(stepsPerFrame) * environment.stepDuration)
  }

  /// Plays the episode that `stream` names with the rollout that `player` makes of the environment.
  func play(
    _ stream: RandomStream, _ player: (any Environment) -> Rollout
  ) throws -> Rollout.Episode {
    let filmed = FilmedEnvironment(
      environment, horizon: horizon, stepsPerFrame: stepsPerFrame, film: take)
    do {
      let episode = try player(filmed).run(stream)
      try encoder.finish()
      return episode
    } catch {
      throw filmed.failure ?? error
    }
  }

  private func take(_ step: Int) throws {
    if step == 0 { renderer.frameRobot() }
    try encoder.add(renderer.draw())
    frames += 1
    report(step)
  }

  /// A line every few seconds, for films that take long.
  private func report(_ step: Int) {
    guard Date().timeIntervalSince(lastReport) >= 5 else { return }
    lastReport = Date()
    FileHandle.standardError.write(Data("step \(step) of at most \(horizon) is drawn\n".utf8))
  }
}
