import Randomness
import RunPlan
import RunQueue

/// One episode to be played.
public struct EpisodeRequest: Sendable {
  /// The evaluation it is for.
  public let task: TaskID
  /// Who acts.
  public let policy: PlayedPolicy
  /// What draws the initial state and the environment's own noise.
  public let random: RandomStream
}

/// Plays an episode to its end.
///
/// Throws where it cannot be: the evaluation then counts as failed with the error's text as its reason.
public typealias EpisodePlayer = (EpisodeRequest) throws -> EvaluationResult.Episode

/// Makes the player of a run, which may open an environment; called once per run and slot.
public typealias EpisodePlayerMaker = (RunConfiguration) throws -> EpisodePlayer
