import ChromaticPolicy
import Environments
import Randomness
import ReadableNumbers
import Rendering

/// Several policies side by side, each in an environment of its own, on the same episode.
struct ComparisonFilm {
  /// The most policies that one film shows.
  static let mostPolicies = 6

  /// A policy with its panel.
  private struct Panel {
    let name: String
    let player: PlayablePolicy
    let environment: any PhysicalEnvironment
    let renderer: SceneRenderer
  }

  /// Where an episode stands at a picture.
  private struct Moment {
    var state: ReplayState
    var totalReward: Double
  }

  /// An episode as its pictures will show it.
  private struct Recording {
    var moments: [Moment]
    var episode: Rollout.Episode
  }

  private let panels: [Panel]
  private let settings: FilmSettings

  /// A film of players with their names, whose environments have been found to be of one kind.
  init(
    _ players: [(name: String, player: PlayablePolicy, environment: any PhysicalEnvironment)],
    _ settings: FilmSettings
  ) throws {
    self.settings = settings
    panels = try players.map { name, player, environment in
      Panel(
        name: name, player: player, environment: environment,
        renderer: try SceneRenderer(
          of: environment, camera: settings.camera, width: settings.width,
          height: settings.height))
    }
  }

  /// Plays the episode that `stream` names with each policy, then draws them together; returns what each gave.
  func play(_ stream: RandomStream, on reel: FilmReel) throws -> [Rollout.Episode] {
    let recordings = try panels.map { try record($0, stream) }
    let pictures = recordings.map(\.moments.count).max() ?? 0
    for number in 0..<pictures {
      var whole = Frame(width: settings.width * panels.count, height: settings.height)
      for (place, (panel, recording)) in zip(panels, recordings).enumerated() {
        let frame = try draw(panel, recording, number)
        whole.place(frame, x: place * settings.width, y: 0)
      }
      try reel.add(whole, progress: "picture \(number + 1) of \(pictures)")
    }
    return recordings.map(\.episode)
  }

  /// The states of an episode at its pictures.
  private func record(_ panel: Panel, _ stream: RandomStream) throws -> Recording {
    var moments: [Moment] = []
    let filmed = FilmedEnvironment(
      panel.environment, horizon: settings.horizon(panel.environment),
      stepsPerFrame: settings.stepsPerFrame(panel.environment)
    ) { _, totalReward in
      moments.append(Moment(state: panel.environment.state, totalReward: totalReward))
    }
    let episode = try panel.player.rollout(in: filmed).run(stream)
    return Recording(moments: moments, episode: episode)
  }

  /// A picture of one panel; one whose episode is over keeps its last.
  private func draw(_ panel: Panel, _ recording: Recording, _ number: Int) throws -> Frame {
    let moment = recording.moments[min(number, recording.moments.count - 1)]
    let observation = UnsafeMutableBufferPointer<Double>.allocate(
      capacity: panel.environment.observationSize)
    defer { observation.deallocate() }
    observation.initialize(repeating: 0)
    try panel.environment.setState(moment.state, observation: observation)
    if number == 0 { panel.renderer.frameRobot() }
    var frame = try panel.renderer.draw()
    let isOver = number >= recording.moments.count
    let total = isOver ? recording.episode.totalReward : moment.totalReward
    let weights = panel.player.policy.accounting.weights
    frame.caption([
      panel.name, "\(weights.grouped) weights",
      "return \(total.returnText())"
        + (isOver ? ", over at step \(recording.episode.steps.grouped)" : ""),
    ])
    return frame
  }
}
