import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import ONNXExport

/// Exported models, read by Python's `onnx` and run by ONNX Runtime.
@Suite struct ONNXModelTests {
  private func model(_ example: PolicyExample) throws -> Data {
    try ONNXModel.encode(
      example.policy, rule: .scale(low: [-1, 0, -0.4], high: [1, 3, 0.4], rounds: true),
      environment: ONNXRuntime.variables())
  }

  /// Of six numbers each, representable in single precision.
  private static let observations: [Double] = {
    var random = RandomStream(seed: 2, purpose: .episode)
    return (0..<6_000).map { _ in Double(Float(random.uniform(-3, 3))) }
  }()

  @Test(arguments: PolicyExample.all)
  func `a thousand actions of the model are the policy's`(example: PolicyExample) throws {
    let (contents, actions) = try ONNXRuntime.run(model(example), on: Self.observations)
    let expected = example.actions(on: Self.observations)
    try #require(actions.count == 3_000 && expected.count == 3_000)
    let worst = zip(actions, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 1e-5)
    #expect(contents.one < 1e-6)
    #expect(Set(expected.map { $0 > 0 }).count == 2)
  }

  @Test(arguments: PolicyExample.all)
  func `the model holds M shared weights and says where they act`(example: PolicyExample) throws {
    let contents = try ONNXRuntime.run(model(example), on: Self.observations).contents
    let policy = example.policy
    #expect(contents.sharedWeights == policy.sharedWeights.map { Double(Float($0)) })
    #expect(contents.operators.count { $0 == "Gather" } == policy.architecture.matrices.count)
    #expect(contents.operators.contains("Concat") == policy.policyClass.removesEdges)
    #expect(contents.input == [.any("batch"), .exactly(6)])
    #expect(contents.output == [.any("batch"), .exactly(3)])
    #expect(contents.versions == [7, 13])
    #expect(
      contents.properties == [
        "environment": "Swimmer-v5", "project": "chromatic", "action_rule": "scale",
        "action_formula":
          "control = (low + high)/2 + (high - low)/2 * y, rounded to the nearest whole number",
        "action_low": "[-1, 0, -0.4]", "action_high": "[1, 3, 0.4]", "action_rounds": "true",
        "action_repeat": "1",
        "environment_settings": #"{"options": {"frame_skip": "2"}}"#,
        "shared_weights": "\(policy.partition.classCount)",
      ])
  }

  @Test func `equal policies give equal bytes, other weights give others`() throws {
    let example = PolicyExample.all[1]
    let bytes = try model(example)
    #expect(try model(example) == bytes)
    var other = example.policy
    other.sharedWeights[0] += 1
    #expect(try ONNXModel.encode(other, rule: nil, environment: ONNXRuntime.variables()) != bytes)
  }

  @Test func `an edge costs one byte where there are at most 255 classes`() throws {
    let policy = PolicyExample.all[1].policy
    let edges = policy.architecture.edgeCount
    let numbers = policy.parameters.count + 2 * policy.architecture.observationSize
    let rest = try model(PolicyExample.all[1]).count - edges - 4 * numbers
    #expect((0..<1_600).contains(rest), "\(rest) bytes beside edges and numbers")
  }
}
