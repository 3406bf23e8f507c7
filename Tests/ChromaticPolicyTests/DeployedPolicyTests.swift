import Foundation
import Testing

@testable import ChromaticPolicy

/// What a program on a robot reads and asks.
@Suite struct DeployedPolicyTests {
  private let observation = [0.5, -1, 2]

  private func policy(actions: Int) -> Policy {
    PolicyExample.policy(
      architecture: Architecture(observationSize: 3, hiddenSizes: [4], actionSize: actions),
      classes: 3)
  }

  private func exported(_ policy: Policy, _ rule: ActionRule?) throws -> [UInt8] {
    try #require(
      CompactPolicy.encode(policy, moments: .single, deployment: Deployment(rule, in: "gym:A-v0")))
  }

  @Test(arguments: [
    ActionRule.scale(low: [-2, 0], high: [2, 10], rounds: false),
    .scale(low: [0, -5], high: [3, 5], rounds: true), .argmax(choices: 2, first: -1),
  ])
  func `the action is what the file's rule makes of the outputs`(rule: ActionRule) throws {
    let deployed = try DeployedPolicy(bytes: exported(policy(actions: 2), rule))
    let y = try deployed.outputs(for: observation)
    #expect(deployed.deployment == Deployment(rule, in: "gym:A-v0"))
    let expected: ActionRule.Action =
      switch rule {
      case .scale(let low, _, false): .control([low[0] + 2 * (y[0] + 1), 5 + 5 * y[1]])
      case .scale(_, _, true):
        .control([
          (1.5 + 1.5 * y[0]).rounded(.toNearestOrEven), (5 * y[1]).rounded(.toNearestOrEven),
        ])
      default: .choice(y[1] > y[0] ? 0 : -1)
      }
    guard case .control(let found) = try deployed.act(on: observation),
      case .control(let wanted) = expected
    else { return #expect(try deployed.act(on: observation) == expected) }
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `a policy file acts as its network does, by the rule that is given`() throws {
    let policy = policy(actions: 1)
    let bytes = [UInt8](PolicyFile.encode(policy))
    let deployed = try DeployedPolicy(bytes: bytes, rule: .sign(first: 3))
    var expected = [0.0]
    observation.withUnsafeBufferPointer { x in
      expected.withUnsafeMutableBufferPointer { policy.network().act(on: x, action: $0) }
    }
    #expect(try deployed.outputs(for: observation) == expected)
    #expect(try deployed.act(on: observation) == .choice(expected[0] > 0 ? 4 : 3))
    #expect(
      throws: DeploymentError.unknownRule(
        "the file does not say how outputs become actions: give the rule")
    ) {
      try DeployedPolicy(bytes: bytes).act(on: observation)
    }
  }

  @Test func `what is no policy, and what does not fit, is one line`() throws {
    for (bytes, part) in [
      (Array("CP".utf8), "no whole export"), (Array("{}".utf8), "no usable policy"),
      ([], "no usable policy"),
    ] {
      let error = #expect(throws: DeploymentError.self) { try DeployedPolicy(bytes: bytes) }
      #expect(error?.description.contains(part) == true)
    }
    let whole = try exported(policy(actions: 2), .identity(size: 2))
    let deployed = try DeployedPolicy(bytes: whole)
    #expect(throws: DeploymentError.wrongSize("the observation has 2 numbers, expected 3")) {
      try deployed.act(on: [1, 2])
    }
    #expect(throws: DeploymentError.damaged("it has 2 outputs, and the rule is for 1")) {
      try DeployedPolicy(bytes: whole, rule: .sign(first: 0))
    }
    #expect(
      throws: DeploymentError.unreadable(
        "/nowhere cannot be read: expected a file that chromatic export wrote")
    ) {
      try DeployedPolicy(contentsOf: "/nowhere")
    }
  }
}
