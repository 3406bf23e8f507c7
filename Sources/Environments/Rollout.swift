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

  private let stepped: SteppedEnvironment
  private let actionRepeat: Int

  /// Rollouts in `environment` by a network of hidden layers `hiddenSizes`.
  ///
  /// - Parameters:
  ///   - environment: reset and stepped by nobody else meanwhile.
  ///   - hiddenSizes: units of each hidden layer.
  ///   - actionRepeat: environment steps for which each action is held.
  public init(in environment: any Environment, hiddenSizes: [Int], actionRepeat: Int = 1) {
    stepped = SteppedEnvironment(environment)
    self.actionRepeat = actionRepeat
    network = PolicyNetwork(
      Architecture(
        observationSize: environment.observationSize, hiddenSizes: hiddenSizes,
        actionSize: environment.actionSize))
  }

  /// One episode from the initial state that `random` fixes to termination or the horizon.
  ///
  /// Throws if the physics diverge or the environment breaks; a partial return is never reported.
  public func run(_ random: RandomStream) throws(EnvironmentFailure) -> Episode {
    var random = random
    let environment = stepped.environment
    let observation = UnsafeBufferPointer(stepped.observation)
    var statistics = ObservationStatistics(size: environment.observationSize)
    var total = 0.0
    var steps = 0
    try stepped.reset(&random)
    var isOver = false
    while !isOver {
      statistics.add(observation)
      network.act(on: observation, action: stepped.action)
      for _ in 0..<actionRepeat where !isOver {
        let outcome = try stepped.step()
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
