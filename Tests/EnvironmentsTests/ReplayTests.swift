import Foundation
import Testing

@testable import Environments

@Suite struct ReplayTests {
  static let start = ReplayState(
    qpos: [Double](repeating: 0, count: 9), qvel: [Double](repeating: 0, count: 9))

  @Test func `every printed number reads back as the same double`() throws {
    let step = ReplayStep(
      observation: [0.1 + 0.2, .leastNonzeroMagnitude, -0.0, 1.7976931348623157e308, 3],
      reward: -1 / 3,
      terminated: true, truncated: false)
    struct Line: Decodable {
      let observation: [Double]
      let reward: Double
      let terminated: Bool
      let truncated: Bool
    }
    let line = try JSONDecoder().decode(Line.self, from: Data(step.json.utf8))
    #expect(line.observation.map(\.bitPattern) == step.observation.map(\.bitPattern))
    #expect(line.reward == step.reward && line.terminated && !line.truncated)
  }

  @Test func `a state read from JSON is the written one, digit for digit`() throws {
    let state = try ReplayState(
      json: "{\"qpos\": [0.30000000000000004, -1e-7],\n \"qvel\": [5, 2.2250738585072014e-308]}",
      source: "state.json")
    #expect(state == ReplayState(qpos: [0.1 + 0.2, -1e-7], qvel: [5, .leastNormalMagnitude]))
  }

  @Test(arguments: [
    ("", "line 1 is no JSON"), ("[1]", "expected one JSON object"),
    ("{\"qpos\": [1]}", "expected one JSON object"),
  ])
  func `a damaged state is one line that names its file`(json: String, line: String) {
    let error = #expect(throws: EnvironmentError.self) {
      try ReplayState(json: json, source: "state.json")
    }
    #expect(error?.code == .invalidReplay)
    #expect(error?.description.hasPrefix("state.json: \(line)") == true)
  }

  @Test func `a damaged action is one line that names file and line`() {
    let error = #expect(throws: EnvironmentError.self) {
      try ReplayActions(jsonLines: "[1, 2]\n\n[1, true]\n", source: "actions.jsonl")
    }
    #expect(error?.description == "actions.jsonl, line 3: expected a JSON array of numbers")
  }

  @Test func `an action of another size than the environment's is refused before the first step`()
    throws
  {
    let actions = try ReplayActions(jsonLines: "\n[0,0,0,0,0,0]\n[0]", source: "a")
    let error = #expect(throws: EnvironmentError.self) {
      try Replay("HalfCheetah-v5", from: Self.start, actions: actions)
    }
    #expect(error?.description == "a, line 3: an action of 1 numbers; HalfCheetah-v5 takes 6")
  }

  @Test func `a state of another size than the environment's is refused`() throws {
    let state = ReplayState(qpos: [0], qvel: [0, 0])
    let actions = try ReplayActions(jsonLines: "", source: "a")
    let error = #expect(throws: EnvironmentError.self) {
      try Replay("HalfCheetah-v5", from: state, actions: actions)
    }
    #expect(
      error?.description == "the state has 1 qpos and 2 qvel; HalfCheetah-v5 has 9 and 9")
  }

  @Test func `an environment without a physical state to set is refused`() throws {
    let actions = try ReplayActions(jsonLines: "[1]", source: "a")
    let error = #expect(throws: EnvironmentError.self) {
      try Replay("Pendulum-v1", from: Self.start, actions: actions)
    }
    #expect(error?.code == .invalidReplay)
  }

  @Test func `the step at the horizon is truncated, the one before is not`() throws {
    let lines = [String](repeating: "[0,0,0,0,0,0]", count: 1000).joined(separator: "\n")
    var steps: [ReplayStep] = []
    try Replay(
      "HalfCheetah-v5", from: Self.start, actions: ReplayActions(jsonLines: lines, source: "a")
    ).run { steps.append($0) }
    #expect(steps.count == 1000)
    #expect(steps.map(\.truncated).firstIndex(of: true) == 999)
  }
}
