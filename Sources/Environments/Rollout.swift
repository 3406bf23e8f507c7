import ChromaticPolicy
import Randomness

/// Runs episodes of one environment with one network, reusing their buffers.
public final class Rollout {
  /// What an episode gave.
  public struct Episode: Sendable, Hashable {
    /// Sum of the environment's own rewards.
    public var totalReward: Double
    /// Environment steps.
    public var steps: Int
    /// Statistics of the observations the policy acted on.
    public var observations: ObservationStatistics
  }

  /// The network that acts; load it before `run`.
  public let network: PolicyNetwork

  private let environment: any Environment
  private let actionRepeat: Int
  private let observation: UnsafeMutableBufferPointer<Double>
  private let action: UnsafeMutableBufferPointer<Double>

  /// Rollouts in `environment` by a network of hidden layers `hiddenSizes`.
  ///
  /// - Parameter actionRepeat: environment steps for which each action is held.
  public init(in environment: any Environment, hiddenSizes: [Int], actionRepeat: Int = 1) {
    self.environment = environment
    self.actionRepeat = actionRepeat
    network = PolicyNetwork(
      Architecture(
        observationSize: environment.observationSize, hiddenSizes: hiddenSizes,
        actionSize: environment.actionSize))
    observation = .allocate(capacity: environment.observationSize)
    observation.initialize(repeating: 0)
    action = .allocate(capacity: environment.actionSize)
    action.initialize(repeating: 0)
  }

  deinit {
    observation.deallocate()
    action.deallocate()
  }

  /// One episode from the initial state that `random` fixes to termination or the horizon.
  ///
  /// Throws if the physics diverge or the environment breaks; a partial return is never reported.
  public func run(_ random: RandomStream) throws(EnvironmentFailure) -> Episode {
    var random = random
    var statistics = ObservationStatistics(size: environment.observationSize)
    var total = 0.0
    var steps = 0
    try environment.reset(&random, observation: observation)
    var isOver = false
    while !isOver {
      statistics.add(UnsafeBufferPointer(observation))
      network.act(on: UnsafeBufferPointer(observation), action: action)
      for _ in 0..<actionRepeat where !isOver {
        let outcome = try environment.step(
          action: UnsafeBufferPointer(action), observation: observation)
        total += outcome.reward
        steps += 1
        isOver = outcome.terminated || outcome.truncated || steps >= environment.horizon
      }
    }
    guard total.isFinite else {
      throw EnvironmentFailure("the return is \(total) after \(steps) steps")
    }
    return Episode(totalReward: total, steps: steps, observations: statistics)
  }
}
