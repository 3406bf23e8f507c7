import Environments

/// One episode of `evaluate`, with what it takes to play it again: `docs/schemas/evaluate.json`.
struct PlayedEpisode: Encodable {
  /// How an episode ended that was simulated to its end.
  enum Ending: String, Encodable {
    /// In a terminal state.
    case terminated
    /// At the horizon, or where the environment itself ends episodes without a terminal state.
    case truncated
  }

  /// MuJoCo's coordinates, as `chromatic replay` and Gymnasium's `set_state` take them.
  struct State: Encodable {
    var qpos: [Double]
    var qvel: [Double]
  }

  /// Why an episode could not be simulated to its end.
  struct Failure: Encodable {
    /// What failed.
    enum Moment: String, Encodable { case reset, step, sum }

    var during: Moment
    /// One line.
    var reason: String
  }

  /// From 0; with the seed of `evaluate` it names the episode here.
  var index: Int
  /// What Gymnasium's `reset(seed=…)` was given; nil where this program draws initial states.
  var resetSeed: UInt64?
  /// Where MuJoCo began; nil where there is no MuJoCo here, or the reset failed.
  var initialState: State?
  /// Environment steps, the one that failed included.
  var steps: Int
  /// The sum of the environment's own rewards; nil for an episode that failed.
  var `return`: Double?
  /// Nil for an episode that failed.
  var ending: Ending?
  /// Nil for an episode that did not fail.
  var failure: Failure?

  /// The episode that `recorded` has just seen to its end.
  init(index: Int, _ recorded: RecordedEnvironment, return total: Double) {
    self.init(index: index, recorded)
    `return` = total
    ending = recorded.hasTerminated ? .terminated : .truncated
  }

  /// The episode that `recorded` has just seen fail.
  init(index: Int, _ recorded: RecordedEnvironment, failure: EnvironmentFailure) {
    self.init(index: index, recorded)
    let moment: Failure.Moment =
      recorded.isWhole ? .sum : recorded.steps == 0 ? .reset : .step
    self.failure = Failure(during: moment, reason: failure.description)
  }

  private init(index: Int, _ recorded: RecordedEnvironment) {
    self.index = index
    resetSeed = recorded.resetSeed
    initialState = recorded.initialState.map { State(qpos: $0.qpos, qvel: $0.qvel) }
    steps = recorded.steps
  }
}
