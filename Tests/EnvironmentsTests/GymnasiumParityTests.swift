import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

@Suite("Environments equal Gymnasium's")
struct GymnasiumParityTests {
  @Test(
    "a MuJoCo task gives Gymnasium's observations, rewards and ends, also beyond the action range",
    arguments: ["HalfCheetah-v5"])
  func mujoco(id: String) throws {
    for episode in try GymnasiumReference.episodes(id, count: 3, steps: 200, spread: 1.2) {
      let lines = episode.steps.map(\.action.description).joined(separator: "\n")
      let replay = try Replay(
        EnvironmentSettings(id),
        from: ReplayState(qpos: episode.state.qpos, qvel: episode.state.qvel),
        actions: ReplayActions(jsonLines: lines, source: "actions"))
      var steps: [ReplayStep] = []
      try replay.run { steps.append($0) }
      #expect(steps.count == episode.steps.count)
      for (ours, theirs) in zip(steps, episode.steps) {
        #expect(largestDifference(ours.observation, theirs.observation) <= 1e-9)
        #expect(abs(ours.reward - theirs.reward) <= 1e-9)
        #expect(ours.terminated == theirs.terminated && ours.truncated == theirs.truncated)
      }
    }
  }

  @Test("a MuJoCo task observes Gymnasium's initial state as Gymnasium does")
  func firstObservation() throws {
    let environment = try #require(
      try EnvironmentCatalog.make("HalfCheetah-v5") as? any StatefulEnvironment)
    let buffer = ObservationBuffer(environment.observationSize)
    for episode in try GymnasiumReference.episodes(environment.id, count: 3, steps: 0, spread: 1) {
      try environment.setState(
        qpos: episode.state.qpos, qvel: episode.state.qvel, observation: buffer.pointer)
      #expect(buffer.values == episode.first)
    }
  }

  @Test("the pendulum gives Gymnasium's observations and rewards, and is truncated with it")
  func pendulum() throws {
    for episode in try GymnasiumReference.episodes("Pendulum-v1", count: 3, steps: 200, spread: 1.2)
    {
      let pendulum = Pendulum()
      let buffer = ObservationBuffer(3)
      pendulum.begin(
        angle: episode.state.qpos[0], speed: episode.state.qvel[0], observation: buffer.pointer)
      #expect(largestDifference(buffer.values, episode.first) <= 1e-7)
      for theirs in episode.steps {
        let ours = try pendulum.step([theirs.action[0] / 2], buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(abs(ours.reward - theirs.reward) <= 1e-9)
        #expect(ours.terminated == theirs.terminated)
      }
      #expect(episode.steps.map(\.truncated).firstIndex(of: true) == pendulum.horizon - 1)
    }
  }

  @Test("the cart gives Gymnasium's observations and rewards, and ends with it")
  func cartPole() throws {
    for episode in try GymnasiumReference.episodes("CartPole-v1", count: 3, steps: 500, spread: 1) {
      let cart = CartPole()
      let buffer = ObservationBuffer(4)
      let (qpos, qvel) = (episode.state.qpos, episode.state.qvel)
      cart.begin(
        CartPole.State(
          position: qpos[0], speed: qvel[0], angle: qpos[1], angularSpeed: qvel[1]),
        observation: buffer.pointer)
      #expect(buffer.values == episode.first)
      #expect(episode.steps.count >= 200)
      for theirs in episode.steps {
        let ours = try cart.step(theirs.action, buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(ours.reward == theirs.reward)
        #expect(ours.terminated == theirs.terminated)
      }
      #expect(episode.steps.count < 500 || episode.steps[499].truncated)
    }
  }

  /// The car's noise of ±0.4 and its leaning of ±0.6 stay in [−1, 1], as a policy's actions do:
  /// clipped ones are constants there, and constants are added in single precision.
  @Test("the mountain car gives Gymnasium's observations and rewards, and arrives with it")
  func mountainCar() throws {
    let episodes = try GymnasiumReference.episodes(
      "MountainCarContinuous-v0", count: 3, steps: 999, spread: 0.4)
    for episode in episodes {
      let car = MountainCarContinuous()
      let buffer = ObservationBuffer(2)
      car.begin(
        position: episode.state.qpos[0], speed: episode.state.qvel[0], observation: buffer.pointer)
      #expect(buffer.values == episode.first)
      for theirs in episode.steps {
        let ours = try car.step(theirs.action, buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(abs(ours.reward - theirs.reward) <= 1e-9)
        #expect(ours.terminated == theirs.terminated)
      }
    }
    #expect(episodes.contains { $0.steps.last?.terminated == true }, "no car arrived")
  }

  @Test(
    "2,000 resets have the means, deviations and tails of Gymnasium's",
    arguments: ["HalfCheetah-v5", "Pendulum-v1", "CartPole-v1", "MountainCarContinuous-v0"])
  func resets(id: String) throws {
    let theirs = try GymnasiumReference.resetMoments(id, count: 2000)
    let ours = try ResetMoments(id, count: 2000)
    for i in theirs.mean.indices {
      let deviation = theirs.deviation[i]
      // Four standard errors of the difference of two samples of 2,000.
      #expect(abs(ours.mean[i] - theirs.mean[i]) <= 4 * deviation * 0.0316)
      #expect(abs(ours.deviation[i] - deviation) <= 4 * deviation * 0.0224)
      #expect(abs(ours.kurtosis[i] - theirs.kurtosis[i]) < 4 * 0.155)
    }
  }
}

/// Moments of each component of the first observation over many resets.
struct ResetMoments {
  private(set) var mean: [Double] = []
  private(set) var deviation: [Double] = []
  private(set) var kurtosis: [Double] = []

  init(_ id: String, count: Int) throws {
    let environment = try EnvironmentCatalog.make(EnvironmentSettings(id))
    let buffer = ObservationBuffer(environment.observationSize)
    let first = try (0..<count).map { index in
      var random = RandomStream.episodes(UInt32(index))
      try environment.reset(&random, observation: buffer.pointer)
      return buffer.values
    }
    for i in 0..<environment.observationSize {
      let values = first.map { $0[i] }
      let centre = values.reduce(0, +) / Double(count)
      let powers = values.map { ($0 - centre) * ($0 - centre) }
      let variance = powers.reduce(0, +) / Double(count)
      mean.append(centre)
      deviation.append(variance.squareRoot())
      let fourth = powers.reduce(0) { $0 + $1 * $1 } / Double(count)
      kurtosis.append(variance > 0 ? fourth / (variance * variance) : 0)
    }
  }
}
