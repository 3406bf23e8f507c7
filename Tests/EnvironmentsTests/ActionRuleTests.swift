import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

/// What exports say of actions is what environments do with them.
@Suite struct ActionRuleTests {
  @Test func `every environment's rule takes its actions, and a robot's gives its controls`() throws
  {
    for id in EnvironmentCatalog.ids {
      let environment = try EnvironmentCatalog.make(EnvironmentSettings(id))
      let rule = environment.actionRule
      #expect(rule.size == environment.actionSize, "\(id)")
      guard id != Minitaur.id, let ours = environment as? any StatefulEnvironment,
        let theirs = try EnvironmentCatalog.make(EnvironmentSettings(id))
          as? any StatefulEnvironment
      else { continue }
      let buffer = ObservationBuffer(ours.observationSize)
      var random = RandomStream.episodes(2)
      try ours.reset(&random, observation: buffer.pointer)
      try theirs.setState(ours.state, observation: buffer.pointer)
      for _ in 0..<3 {
        let action = random.action(ours.actionSize)
        _ = try ours.step(action, buffer)
        let expected = buffer.values
        _ = try rule.applied(to: action).withUnsafeBufferPointer {
          control throws(EnvironmentFailure) in
          try theirs.apply(control: control, observation: buffer.pointer)
        }
        #expect(buffer.values == expected, "\(id)")
      }
    }
  }

  @Test func `ranges are the actuators', and the policy's own where a model sets none`() throws {
    #expect(
      try EnvironmentCatalog.make("InvertedPendulum-v5").actionRule
        == .scale(low: [-3], high: [3], rounds: false))
    let robot = try RobotDirectory(model: RobotDirectory.sled, task: "{}")
    #expect(try EnvironmentCatalog.make(robot.settings()).actionRule == .identity(size: 1))
    #expect(try EnvironmentCatalog.make("CartPole-v1").actionRule == .sign(first: 0))
    let minitaur = try EnvironmentCatalog.make(EnvironmentSettings(Minitaur.id)).actionRule
    #expect(minitaur.applied(to: [Double](repeating: 1, count: 13))[..<5] == [3, 1, 0.5, 0.5, 0.6])
  }
}

extension ActionRule {
  /// What a reader of an exported policy would make of its outputs.
  func applied(to outputs: [Double]) -> [Double] {
    switch self {
    case .scale(let low, let high, let rounds):
      outputs.indices.map { i in
        let control = (low[i] + high[i]) / 2 + (high[i] - low[i]) / 2 * outputs[i]
        return rounds ? control.rounded(.toNearestOrEven) : control
      }
    case .sign(let first): [Double(first + (outputs[0] > 0 ? 1 : 0))]
    case .argmax(_, let first):
      [Double(first + outputs.indices.reduce(0) { outputs[$1] > outputs[$0] ? $1 : $0 })]
    }
  }
}
