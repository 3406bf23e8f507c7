import ArchitectureSearch
import ChromaticPolicy
import Foundation
import ServerTestKit
import Testing

/// Every kind of policy, controller and step trains through the real ring, the same for any number of
/// evaluators.
@Suite(.serialized) struct EveryKindTests {
  /// What a policy file says of how it came about.
  private struct Found: Decodable {
    struct Training: Decodable { var controller: String }
    var policyClass: String?
    var training: Training
  }

  /// The outcome with one evaluator, after comparing it with that of three.
  private func outcome(
    _ flags: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> SmallRun.Outcome {
    let run = SmallRun.tinyPendulum(flags)
    async let one = run.trained(evaluators: 1)
    async let three = run.trained(evaluators: 3)
    let (alone, crowd) = try await (one, three)
    #expect(alone == crowd, "\(flags)", sourceLocation: sourceLocation)
    return alone
  }

  private func found(_ flags: [String]) async throws -> Found {
    try JSONDecoder().decode(Found.self, from: try await outcome(flags).policy)
  }

  @Test(arguments: PolicyClass.allCases.filter { !$0.isSearched }.map(\.rawValue))
  func `every baseline trains`(policy: String) async throws {
    let found = try await found(["--policy", policy])
    #expect(found.policyClass == policy)
    #expect(found.training.controller == "fixed")
  }

  @Test(arguments: PolicyClass.allCases.filter { $0.isSearched && $0 != .standard }.map(\.rawValue))
  func `every search space beside sharing trains`(space: String) async throws {
    #expect(try await found(["--search-space", space]).policyClass == space)
  }

  @Test(arguments: ControllerKind.allCases.map(\.rawValue))
  func `every controller of a chromatic policy trains`(controller: String) async throws {
    let found = try await found(["--controller", controller])
    #expect(found.policyClass == nil)
    #expect(found.training.controller == controller)
  }

  @Test func `shared biases train and are clustered afterwards`() async throws {
    let shared = try await outcome(["--share-biases", "--partitions", "3"]).policy
    #expect(String(decoding: shared, as: UTF8.self).contains("\"biasClasses\""))
    let directory = try TestDirectory()
    let file = "\(directory.path)/free.json"
    try await outcome(["--policy", "unstructured"]).policy.write(to: URL(fileURLWithPath: file))
    let said = try await Tool.output([
      "cluster", file, "--partitions", "2", "--share-biases", "--episodes", "0", "-o",
      "\(directory.path)/c.json",
    ])
    #expect(said.contains("after   2 weights"))
  }

  @Test(arguments: [
    ["--estimator", "forward"],
    ["--directions", "orthogonal", "--optimiser", "adam"],
    ["--top-directions", "2", "--weight-decay", "0.1"],
  ])
  func `every way to a step trains`(flags: [String]) async throws {
    let found = try await outcome(flags)
    let plain = try await Self.plain()
    #expect(found.history != plain.history)
  }

  @Test func `help says what each of them is`() async throws {
    let help = try await Tool.output(["train", "--help"]).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    for policyClass in PolicyClass.allCases {
      for argument in policyClass.arguments {
        #expect(help.contains("\(argument.word) (\(policyClass.summary))"))
      }
    }
    for kind in ControllerKind.allCases {
      #expect(help.contains("\(kind.rawValue) (\(kind.summary))"))
    }
  }

  private static func plain() async throws -> SmallRun.Outcome { try await undisturbed.value }

  private static let undisturbed = Task { try await SmallRun.tinyPendulum([]).trained() }
}
