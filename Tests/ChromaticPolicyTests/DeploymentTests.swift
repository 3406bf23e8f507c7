import Foundation
import Testing

@testable import ChromaticPolicy

/// Every export says how to act, so that nobody needs Chromatic to know.
@Suite struct DeploymentTests {
  private static let environment = EnvironmentSettings(
    "gym:My task*/-v0", options: ["frame_skip": "2"], horizon: 50, actionRepeat: 3)

  private static let rules: [ActionRule?] = [
    .scale(low: [-2, 0.25], high: [2, 70_000], rounds: false), .identity(size: 2),
    .scale(low: [0, 0], high: [255, 3], rounds: true), .argmax(choices: 2, first: -1), nil,
  ]

  private func policy(actions: Int = 2) -> Policy {
    var policy = PolicyExample.policy(
      architecture: Architecture(observationSize: 3, hiddenSizes: [4], actionSize: actions),
      classes: 3)
    policy.environment = Self.environment
    return policy
  }

  @Test(arguments: rules) func `a compact file says it behind the dictionary`(rule: ActionRule?)
    throws
  {
    let deployment = Deployment(rule, in: Self.environment)
    for policy in [policy(), policy().clustered(into: 2, sharesBiases: true)] {
      let bare = try #require(CompactPolicy.encode(policy))
      let bytes = try #require(CompactPolicy.encode(policy, deployment: deployment))
      #expect(bytes.count == bare.count + CompactPolicy.bytes(of: deployment).count)
      let contents = try #require(CompactPolicy.decode(bytes))
      #expect(contents.deployment == deployment)
      #expect(contents.partition == policy.partition)
      #expect(try #require(CompactPolicy.decode(bare)).deployment == nil)
      for length in bytes.indices {
        #expect(CompactPolicy.decode(Array(bytes[..<length])) == nil)
      }
    }
  }

  @Test func `actions from −1 to 1 cost a byte beside the environment`() {
    let plain = Deployment(.identity(size: 6), in: "HalfCheetah-v5")
    #expect(CompactPolicy.bytes(of: plain).count == 1 + "\"HalfCheetah-v5\"".utf8.count)
  }

  @Test func `JSON says it beside the layers`() throws {
    struct Action: Decodable, Equatable {
      var rule: String
      var formula: String
      var low: [Double]?
      var high: [Double]?
      var rounds: Bool?
      var choices: Int?
      var first: Int?
      var `repeat`: Int
    }
    struct Contents: Decodable {
      var action: Action
      var environment: EnvironmentSettings
    }
    func contents(_ rule: ActionRule?) throws -> Contents {
      try JSONDecoder().decode(Contents.self, from: DenseJSON.encode(policy(), rule: rule))
    }
    #expect(try contents(nil).environment == Self.environment)
    #expect(try contents(nil).action.rule == "unknown")
    #expect(
      try contents(Self.rules[2]).action
        == Action(
          rule: "scale",
          formula:
            "control = (low + high)/2 + (high - low)/2 * y, rounded to the nearest whole number",
          low: [0, 0], high: [255, 3], rounds: true, repeat: 3))
    #expect(
      try contents(Self.rules[3]).action
        == Action(
          rule: "argmax", formula: "choice = -1 + index of the largest y, the first of equals",
          choices: 2, first: -1, repeat: 3))
  }

  @Test(arguments: CSource.Arithmetic.allCases)
  func `C code says it in a comment and in macros that compile`(arithmetic: CSource.Arithmetic)
    throws
  {
    let source = CSource(
      policy(), arithmetic: arithmetic, name: "walk", rule: Self.rules[0])
    let choice = CSource(policy(), arithmetic: arithmetic, name: "pick", rule: Self.rules[3])
    for text in [source.text, source.header] {
      #expect(
        text.contains("* Acts in gym:My task* /-v0 frame_skip=2 horizon=50; each action is held"))
      #expect(text.contains("is held for 3 steps of the environment."))
      #expect(text.contains("from -1 to 1: control = (low + high)/2 + (high - low)/2 * y."))
    }
    let directory = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    func path(_ name: String) -> String { directory.appending(path: name).path }
    for (name, source) in [("walk", source), ("pick", choice)] {
      try source.text.write(toFile: path("\(name).c"), atomically: true, encoding: .utf8)
      try source.header.write(toFile: path("\(name).h"), atomically: true, encoding: .utf8)
    }
    let main = """
      #include "walk.h"
      #include "pick.h"
      static const double low[WALK_ACTIONS] = WALK_ACTION_LOW;
      static const double high[WALK_ACTIONS] = WALK_ACTION_HIGH;
      int main(void) {
        return !(low[0] == -2 && low[1] == 0.25 && high[1] == 70000 && WALK_ACTION_REPEAT == 3
          && PICK_CHOICES == 2 && PICK_FIRST_CHOICE == -1);
      }
      """
    try main.write(toFile: path("main.c"), atomically: true, encoding: .utf8)
    try CompiledPolicy.run(
      "clang",
      ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", path("program")]
        + ["main.c", "walk.c", "pick.c"].map(path) + ["-lm"])
    try CompiledPolicy.run(path("program"), [])
  }
}
