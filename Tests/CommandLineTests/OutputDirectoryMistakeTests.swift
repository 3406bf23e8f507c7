import Foundation
import LocalRing
import ServerTestKit
import Testing

/// An output directory that cannot be used is said in one line and stays as it was.
@Suite struct OutputDirectoryMistakeTests {
  private let directory: TestDirectory
  private let output: String

  init() throws {
    directory = try TestDirectory()
    output = "\(directory.path)/run"
  }

  /// Expects that the tool refuses and touches nothing.
  private func expectRefusal(
    _ arguments: [String], _ line: String, code: Int32, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let before = try Snapshot(of: directory.path)
    let tool = try await Tool.run(arguments, environment: environment)
    try await tool.expectComplaint(line, code: code, sourceLocation: sourceLocation)
    #expect(
      tool.errors.count { $0 == "\n" } == 1, "\(tool.errors)", sourceLocation: sourceLocation)
    #expect(try Snapshot(of: directory.path) == before, sourceLocation: sourceLocation)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory.path)/\(name)"))
  }

  private func train(_ more: String...) -> [String] {
    ["train", "Pendulum-v1", "--output", output] + more
  }

  @Test func `a directory that holds another run is refused`() async throws {
    let run = SmallRun.pendulum
    try await Tool.output(run.train(into: output, evaluators: 1))
    try await expectRefusal(
      train(), "--output \(output) holds another run: continue it with --resume", code: 64)
    try await expectRefusal(
      train("--resume", "--sigma", "0.3"), "--resume: --sigma differs from \(output)/config.json",
      code: 64)
    for (flag, value) in [
      ("controller-step", "8"), ("initial-concentration", "0.3"), ("env-option", "g=9.81"),
      ("search-space", "edge-removal"), ("fix-partition", "\(output)/policy.json"),
    ] {
      try await expectRefusal(
        train("--resume", "--\(flag)", value), "--resume: --\(flag) differs", code: 64)
    }
    try await expectRefusal(
      ["train", "HalfCheetah-v5", "--resume", "--output", output],
      "holds a run of Pendulum-v1, not of HalfCheetah-v5", code: 64)
    // Repeating the run's own settings is no contradiction.
    try await Tool.output(run.resume(in: output) + run.settings)
  }

  @Test func `a directory that is a file, or below a file, is refused`() async throws {
    try write("precious", to: "run")
    try await expectRefusal(
      train(), "--output \(output) is a file: choose a directory", code: 64)
    try await expectRefusal(
      ["train", "Pendulum-v1", "--output", "\(output)/below"],
      "\(output)/below cannot be made: Not a directory", code: 74)
    try await expectRefusal(train("--resume"), "--resume: \(output) holds no run", code: 64)
  }

  @Test func `a directory that holds something else is refused`() async throws {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try write("precious", to: "run/thesis.tex")
    try await expectRefusal(train(), "--output \(output) is not empty", code: 64)
  }

  @Test func `a configuration with a key twice names it`() async throws {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try write("{\n\"seed\": 1,\n\"seed\": 2}", to: "run/config.json")
    try await expectRefusal(
      train("--resume"),
      "\(output)/config.json is no usable configuration: key 'seed' stands in lines 2 and 3: leave one",
      code: 65)
  }

  @Test(arguments: [
    ("", ": line 1 is no JSON"), ("{\n\"seed\": 1,\nx}", ": line 3 is no JSON"),
    ("{\"environment\":\"Pendulum-v1\"}", ""), ("[]", ""),
  ])
  func `a directory with a damaged configuration is refused`(text: String, reason: String)
    async throws
  {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try write(text, to: "run/config.json")
    try await expectRefusal(
      train("--resume"), "\(output)/config.json is no usable configuration\(reason)", code: 65)
  }

  @Test func `without redis-server nothing is left behind`() async throws {
    let nowhere = ["CHROMATIC_REDIS_SERVER": "/nonexistent/redis-server"]
    try await expectRefusal(
      train(), "redis-server is not installed: CHROMATIC_REDIS_SERVER names /nonexistent",
      code: 69, environment: nowhere)
    try await expectRefusal(
      train(), "redis-server is not installed: apt-get install redis-server", code: 69,
      environment: ["PATH": "/nonexistent"])
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try await expectRefusal(
      train(), "redis-server is not installed", code: 69, environment: nowhere)
  }

  @Test func `a directory that another tool is using is refused`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .file("history.jsonl"))
    let second = try await Tool.run(SmallRun.pendulum.resume(in: ring.output))
    try await second.expectComplaint(
      "is in use by a running chromatic (process \(ring.tool.identifier))", code: 64)
    ring.go()
    #expect(try await ring.tool.ending() == .exited(code: 0), "\(ring.tool.errors)")
    #expect(try await SmallRun.Outcome(in: ring.output) == SmallRun.reference())
  }
}

/// Every path below a directory and the bytes of every file.
private struct Snapshot: Equatable {
  private var contents: [String: Data?] = [:]

  init(of directory: String) throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      contents[path] = FileManager.default.contents(atPath: "\(directory)/\(path)")
    }
  }
}
