import ChromaticPolicy
import Testing

@testable import Environments

/// An environment to be compared with Gymnasium's under the same settings.
struct ParityCase: Sendable, CustomTestStringConvertible {
  let settings: EnvironmentSettings
  /// Whether random actions end episodes before the horizon.
  let terminates: Bool

  var testDescription: String { settings.description }

  /// Every MuJoCo task under its defaults, in the catalog's order.
  static let defaults = [
    ParityCase("Swimmer-v5", terminates: false),
    ParityCase("Reacher-v5", terminates: false),
    ParityCase("Hopper-v5", terminates: true),
    ParityCase("HalfCheetah-v5", terminates: false),
    ParityCase("Walker2d-v5", terminates: true),
    ParityCase("Ant-v5", terminates: true),
    ParityCase("Pusher-v5", terminates: false),
    ParityCase("Humanoid-v5", terminates: true),
    ParityCase("InvertedPendulum-v5", terminates: true),
    ParityCase("InvertedDoublePendulum-v5", terminates: true),
  ]

  private init(_ id: String, _ options: [String: String] = [:], terminates: Bool) {
    settings = EnvironmentSettings(id, options: options)
    self.terminates = terminates
  }

  /// Steps from Gymnasium's states and compares every observation, reward and end.
  func check(count: Int, steps: Int) throws {
    let episodes = try GymnasiumReference.episodes(
      settings.id, options: settings.options, count: count, steps: steps, spread: 1.2)
    var difference = (observation: 0.0, reward: 0.0)
    for episode in episodes {
      #expect(largestDifference(try firstObservation(of: episode), episode.first) <= 1e-15)
      let ours = try replay(episode)
      #expect(ours.map(\.terminated) == episode.steps.map(\.terminated))
      #expect(ours.map(\.truncated) == episode.steps.map(\.truncated))
      for (ours, theirs) in zip(ours, episode.steps) {
        difference.observation = max(
          difference.observation, largestDifference(ours.observation, theirs.observation))
        difference.reward = max(
          difference.reward, largestDifference([ours.reward], [theirs.reward]))
      }
    }
    #expect(difference.observation <= 1e-9 && difference.reward <= 1e-9, "\(difference)")
    #expect(episodes.reduce(0) { $0 + $1.steps.count } == count * steps)
    #expect(episodes.contains { $0.steps.contains(where: \.terminated) } == terminates)
    print(
      "\(settings): observations within \(difference.observation), rewards within "
        + "\(difference.reward) of Gymnasium's in \(count * steps) steps")
  }

  private func firstObservation(of episode: GymnasiumReference.Episode) throws -> [Double] {
    let environment = try #require(
      try EnvironmentCatalog.make(settings) as? any StatefulEnvironment)
    let buffer = ObservationBuffer(environment.observationSize)
    try environment.setState(
      ReplayState(qpos: episode.state.qpos, qvel: episode.state.qvel), observation: buffer.pointer)
    return buffer.values
  }

  private func replay(_ episode: GymnasiumReference.Episode) throws -> [ReplayStep] {
    let lines = episode.steps.map(\.action.description).joined(separator: "\n")
    let replay = try Replay(
      settings, from: ReplayState(qpos: episode.state.qpos, qvel: episode.state.qvel),
      actions: ReplayActions(jsonLines: lines, source: "actions"))
    var steps: [ReplayStep] = []
    try replay.run { steps.append($0) }
    return steps
  }

  private static let everything = ["exclude_current_positions_from_observation": "false"]

  /// Options away from their defaults, each that a step depends on at least once.
  static let withOptions = [
    ParityCase(
      "Swimmer-v5",
      ["frame_skip": "2", "forward_reward_weight": "3", "ctrl_cost_weight": "0.2"]
        .merging(everything) { $1 }, terminates: false),
    ParityCase(
      "Reacher-v5",
      ["frame_skip": "5", "reward_dist_weight": "2.5", "reward_control_weight": "0.25"],
      terminates: false),
    ParityCase(
      "Hopper-v5",
      [
        "frame_skip": "3", "forward_reward_weight": "2", "ctrl_cost_weight": "0.5",
        "healthy_reward": "0.3", "healthy_z_range": "1.1,1.4", "healthy_angle_range": "-0.1,0.05",
        "reset_noise_scale": "0.02",
      ], terminates: true),
    ParityCase(
      "Hopper-v5",
      ["healthy_state_range": "-1.5,1.5", "terminate_when_unhealthy": "false"]
        .merging(everything) { $1 }, terminates: false),
    ParityCase(
      "Hopper-v5", ["healthy_state_range": "-3,3", "healthy_angle_range": "-inf,inf"],
      terminates: true),
    ParityCase(
      "HalfCheetah-v5",
      ["frame_skip": "3", "forward_reward_weight": "2", "ctrl_cost_weight": "0.5"]
        .merging(everything) { $1 }, terminates: false),
    ParityCase(
      "Walker2d-v5",
      [
        "frame_skip": "2", "forward_reward_weight": "0.5", "ctrl_cost_weight": "0.25",
        "healthy_reward": "2", "healthy_z_range": "1.1,1.3", "healthy_angle_range": "-0.5,0.2",
        "reset_noise_scale": "0.02",
      ], terminates: true),
    ParityCase(
      "Walker2d-v5", ["terminate_when_unhealthy": "false"].merging(everything) { $1 },
      terminates: false),
    ParityCase(
      "Ant-v5",
      [
        "frame_skip": "3", "forward_reward_weight": "2", "ctrl_cost_weight": "0.1",
        "contact_cost_weight": "0.01", "healthy_reward": "0.7", "main_body": "aux_1",
        "healthy_z_range": "0.4,0.9", "contact_force_range": "0.1,20",
        "reset_noise_scale": "0.05",
      ], terminates: true),
    ParityCase(
      "Ant-v5",
      [
        "main_body": "4", "terminate_when_unhealthy": "false", "contact_cost_weight": "0",
        "include_cfrc_ext_in_observation": "false",
      ].merging(everything) { $1 }, terminates: false),
    ParityCase(
      "Pusher-v5",
      [
        "frame_skip": "3", "reward_near_weight": "0.2", "reward_dist_weight": "3",
        "reward_control_weight": "0.02",
      ], terminates: false),
    ParityCase(
      "Humanoid-v5",
      [
        "frame_skip": "3", "forward_reward_weight": "2", "ctrl_cost_weight": "0.4",
        "contact_cost_weight": "1e-6", "contact_cost_range": "-inf,0.05", "healthy_reward": "1.5",
        "healthy_z_range": "1.2,1.5", "reset_noise_scale": "0.03",
      ].merging(everything) { $1 }, terminates: true),
    ParityCase(
      "Humanoid-v5",
      [
        "terminate_when_unhealthy": "false", "include_cinert_in_observation": "false",
        "include_cfrc_ext_in_observation": "false",
      ], terminates: false),
    ParityCase(
      "Humanoid-v5",
      [
        "include_cvel_in_observation": "false", "include_qfrc_actuator_in_observation": "false",
        "include_cfrc_ext_in_observation": "false", "contact_cost_weight": "0",
      ], terminates: true),
    ParityCase(
      "InvertedPendulum-v5", ["frame_skip": "4", "reset_noise_scale": "0.1"], terminates: true),
    ParityCase(
      "InvertedDoublePendulum-v5",
      ["frame_skip": "2", "healthy_reward": "3", "reset_noise_scale": "0.2"], terminates: true),
  ]
}
