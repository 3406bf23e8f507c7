import ChromaticPolicy
import Randomness

/// One simulated episode at a time, as Gymnasium defines its environments.
///
/// A class because a simulator owns memory; one instance serves one thread.
public protocol Environment: AnyObject {
  /// Number of observation components s.
  var observationSize: Int { get }
  /// Number of action components a.
  var actionSize: Int { get }
  /// Environment steps after which an episode is truncated (Gymnasium's `max_episode_steps`).
  var horizon: Int { get }
  /// How an action of the policy becomes what the environment acts by, for readers of exported policies.
  var actionRule: ActionRule { get }
  /// The seed with which Gymnasium's `reset(seed=…)` began the present episode; nil where this program
  /// draws initial states itself.
  var resetSeed: UInt64? { get }

  /// Starts an episode from the environment's reset distribution and writes its first observation.
  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure)

  /// Applies an action of the policy (each component in [−1, 1], scaled to the environment's range)
  /// and writes the observation that follows.
  ///
  /// After a failure the episode is over: reset first.
  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome
}

extension Environment {
  /// Nil: this program draws initial states itself.
  public var resetSeed: UInt64? { nil }
}

/// What one step gave.
public struct StepOutcome: Sendable, Hashable {
  /// The environment's own reward.
  public var reward: Double
  /// Whether the episode ended in a terminal state.
  public var terminated: Bool
  /// Whether the environment ended the episode without one, before its horizon.
  public var truncated: Bool

  /// An outcome with the given parts.
  public init(reward: Double, terminated: Bool, truncated: Bool = false) {
    self.reward = reward
    self.terminated = terminated
    self.truncated = truncated
  }
}

/// Why an episode could not be simulated to its end.
public struct EnvironmentFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line: what happened, and at which step.
  public let description: String

  /// A failure with the given one-line reason.
  public init(_ description: String) {
    self.description = description
  }
}
