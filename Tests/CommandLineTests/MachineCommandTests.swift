import Foundation
import LocalRing
import ServerTestKit
import Testing

/// What the tool says about the machine it is on, and `replay`.
@Suite struct MachineCommandTests {
  @Test func `environments lists ids with their sizes`() async throws {
    let rows = try await Tool.output(["environments"]).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.first == ["environment", "observation", "action", "horizon"])
    #expect(rows.contains(["HalfCheetah-v5", "17", "6", "1000"]))
    #expect(rows.contains(["Pendulum-v1", "3", "1", "200"]))
    #expect(rows.contains(["Striker-v2", "23", "7", "100"]))
    #expect(rows.contains(["MinitaurTrajectoryGenerator-v0", "7", "13", "1000"]))
  }

  @Test func `doctor finds nothing missing where the tests run`() async throws {
    let report = try await Tool.output(["doctor"])
    // The tests bring an ffmpeg of their own.
    let lines = report.split(separator: "\n").filter { !$0.contains("ffmpeg") }
    #expect(lines.allSatisfy { $0.hasPrefix("ok ") }, "\(report)")
    #expect(report.contains("redis-server: starts and answers"))
    #expect(report.contains("HalfCheetah-v5: loads"))
  }

  @Test func `doctor names what is missing and the command that mends it`() async throws {
    let doctor = try await Tool.run(
      ["doctor"], environment: ["CHROMATIC_REDIS_SERVER": "/nonexistent"])
    #expect(try await doctor.ending() == .exited(code: 69))
    let line = try #require(
      doctor.output.split(separator: "\n").first { $0.hasPrefix("missing") })
    #expect(line.contains("CHROMATIC_REDIS_SERVER names /nonexistent"))
    #expect(line.contains("apt-get install redis-server"))
    #expect(doctor.errors.isEmpty)
  }

  @Test func `doctor names the command for an optional model file and finds nothing missing`()
    async throws
  {
    let assets = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: assets) }
    let installed = "/usr/local/share/chromatic/assets"
    try FileManager.default.copyItem(atPath: installed, toPath: assets.path)
    for model in ["striker.xml", "thrower.xml"] {
      try FileManager.default.removeItem(at: assets.appending(path: model))
    }
    let report = try await Tool.output(["doctor"], environment: ["CHROMATIC_ASSETS": assets.path])
    let lines = report.split(separator: "\n").filter {
      $0.hasPrefix("optional") && !$0.contains("ffmpeg")
    }
    #expect(lines.map { $0.split(separator: " ")[1] } == ["Striker-v2:", "Thrower-v2:"])
    #expect(lines.allSatisfy { $0.contains("run make assets") }, "\(report)")
    #expect(!report.contains("missing"))
  }

  @Test
  func
    `doctor names OSMesa, ffmpeg and rsvg-convert as optional with the commands that install them`()
    async throws
  {
    let programs = try TestDirectory()
    for name in ["redis-server", "setpriv"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(programs.path)/\(name)",
        withDestinationPath: Program.find(name, remedy: "install it"))
    }
    let report = try await Tool.output(
      ["doctor"],
      environment: ["CHROMATIC_OSMESA": "/nonexistent", "PATH": programs.path])
    let lines = report.split(separator: "\n")
    let mesa = try #require(lines.first { $0.hasPrefix("optional OSMesa: ") })
    #expect(mesa.contains("run ops/bootstrap --render"))
    let encoder = try #require(lines.first { $0.hasPrefix("optional ffmpeg: ") })
    #expect(encoder.contains("apt-get install ffmpeg"))
    let converter = try #require(lines.first { $0.hasPrefix("optional rsvg-convert: ") })
    #expect(converter.contains("apt-get install librsvg2-bin"))
    #expect(!report.contains("missing"))
  }

  @Test func `doctor says that a named server does not answer`() async throws {
    let doctor = try await Tool.run(["doctor", "--redis", "redis://127.0.0.1:1"])
    #expect(try await doctor.ending() == .exited(code: 69))
    #expect(doctor.output.contains("missing  queue: no Redis at redis://127.0.0.1:1"))
  }
}

/// `replay` steps HalfCheetah from a given state.
@Suite struct ReplayCommandTests {
  private struct Step: Codable, Equatable {
    var observation: [Double]
    var reward: Double
    var terminated: Bool
    var truncated: Bool
  }

  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  private func arguments(state: String, actions: String) throws -> [String] {
    try Data(state.utf8).write(to: URL(fileURLWithPath: "\(directory.path)/state"))
    try Data(actions.utf8).write(to: URL(fileURLWithPath: "\(directory.path)/actions"))
    return [
      "replay", "HalfCheetah-v5", "--state", "\(directory.path)/state", "--actions",
      "\(directory.path)/actions",
    ]
  }

  private func state(qpos: [Double], qvel: [Double]) -> String {
    "{\"qpos\":\(qpos),\"qvel\":\(qvel)}"
  }

  private let rest = [Double](repeating: 0, count: 9)
  private let action = "[0.1,-0.2,0.3,-0.4,0.5,-0.6]\n"

  @Test func `replay prints one line of JSON for each action, every digit of it`() async throws {
    let printed = try await Tool.output(
      arguments(state: state(qpos: rest, qvel: rest), actions: action + action + action))
    let lines = printed.split(separator: "\n")
    let steps = try lines.map { try JSONDecoder().decode(Step.self, from: Data($0.utf8)) }
    #expect(steps.count == 3)
    #expect(steps.allSatisfy { $0.observation.count == 17 && !$0.terminated && !$0.truncated })
    #expect(steps[0] != steps[1])
    // The last state but the hidden x position, replayed, goes on with the same numbers.
    let second = steps[1].observation
    let rejoined = try await Tool.output(
      arguments(
        state: state(qpos: [0] + second.prefix(8), qvel: Array(second.suffix(9))),
        actions: action))
    let step = try JSONDecoder().decode(Step.self, from: Data(rejoined.utf8))
    for (found, expected) in zip(step.observation, steps[2].observation) {
      #expect(abs(found - expected) < 1e-4)
    }
    for (line, step) in zip(lines, steps) {
      let numbers = step.observation.map(\.description).joined(separator: ",")
      #expect(line.contains("[\(numbers)]"), "a number was shortened")
      #expect(numbers.split(separator: ",").contains { $0.count > 15 })
    }
  }

  @Test func `replay names a key that the state has twice`() async throws {
    let twice = state(qpos: rest, qvel: rest).replacing("{", with: "{\"qvel\": [],\n")
    let tool = try await Tool.run(arguments(state: twice, actions: action))
    try await tool.expectComplaint("/state: key 'qvel' stands in lines 1 and 2", code: 65)
  }

  @Test func `replay names the file and line of what does not fit`() async throws {
    let sound = state(qpos: rest, qvel: rest)
    for (state, actions, line) in [
      ("{}", action, "/state: expected one JSON object"),
      (self.state(qpos: [0], qvel: rest), action, "the state has 1 qpos and 9 qvel"),
      (sound, action + "[1]\n", "/actions, line 2: an action of 1 numbers"),
      (sound, "go\n", "/actions, line 1: expected a JSON array"),
    ] {
      let tool = try await Tool.run(arguments(state: state, actions: actions))
      try await tool.expectComplaint(line, code: 65)
      #expect(tool.output.isEmpty)
    }
  }
}
