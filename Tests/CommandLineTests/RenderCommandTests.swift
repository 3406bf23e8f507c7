import Foundation
import ReadableNumbers
import ServerTestKit
import Testing

/// `render` films the episodes that `evaluate` plays.
@Suite struct RenderCommandTests {
  private struct Evaluation: Decodable { var returns: [Double] }

  private let directory: TestDirectory
  private let film: String

  init() throws {
    directory = try TestDirectory()
    film = "\(directory.path)/film.gif"
  }

  /// A policy of the example robot, trained for a moment once for all tests.
  private static let policy = Task {
    let directory = try TestDirectory()
    let model = URL(filePath: #filePath).appending(path: "../../../docs/examples/crawler.xml")
      .standardized.path
    try await Tool.output([
      "train", "mjcf:\(model)", "--output", "\(directory.path)/run", "--hidden", "none",
      "--partitions", "2", "--iterations", "1", "--perturbations", "4", "--pivots", "1",
      "--evaluations", "1", "--finalists", "1", "--finalist-episodes", "1", "--horizon", "50",
    ])
    return directory
  }

  private func render(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Tool {
    let policy = "\(try await Self.policy.value.path)/run/policy.json"
    return try await Tool.run(["render", policy] + arguments, environment: environment)
  }

  @Test func `a film shows the episode of that seed and number, and says its return`()
    async throws
  {
    let policy = "\(try await Self.policy.value.path)/run/policy.json"
    let text = try await Tool.output(
      ["evaluate", policy, "--json", "--seed", "4", "--episodes", "3"])
    let returns = try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)).returns
    let tool = try await render(
      "-o", film, "--seed", "4", "--episode", "2", "--width", "64", "--height", "48", "--fps", "10")
    #expect(try await tool.ending() == .exited(code: 0), "\(tool.errors)")
    let line = "13 pictures of 50 steps, 64x48, return \(returns[2].returnText(.plain))\n"
    #expect(tool.output == "\(film)  \(line)")
    let data = try #require(FileManager.default.contents(atPath: film))
    #expect(data.starts(with: Data("GIF89a".utf8)) && data.count > 5000)
  }

  @Test func `a video is given to ffmpeg, picture by picture, and appears whole`() async throws {
    let program = "\(directory.path)/ffmpeg"
    let script = "#!/bin/sh\nfor last; do :; done\necho \"$@\" >&2\ncat >\"$last\"\n"
    try Data(script.utf8).write(to: URL(filePath: program))
    chmod(program, 0o755)
    let video = "\(directory.path)/film.mp4"
    let tool = try await render(
      "-o", video, "--steps", "3", "--width", "64", "--height", "48",
      environment: ["PATH": "\(directory.path):/usr/bin:/bin"])
    #expect(try await tool.ending() == .exited(code: 0), "\(tool.errors)")
    // Steps last 0.025 s: 25 pictures a second are those at steps 0 and 2.
    let pictures = 2
    #expect(FileManager.default.contents(atPath: video)?.count == pictures * 9216)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        == ["ffmpeg", "film.mp4"])
  }

  @Test func `an ffmpeg that fails is quoted, and leaves nothing`() async throws {
    let program = "\(directory.path)/ffmpeg"
    try Data("#!/bin/sh\necho no such codec >&2\nexit 1\n".utf8).write(to: URL(filePath: program))
    chmod(program, 0o755)
    let tool = try await render(
      "-o", "\(directory.path)/film.webm", "--steps", "3", "--width", "64", "--height", "48",
      environment: ["PATH": "\(directory.path):/usr/bin:/bin"])
    try await tool.expectComplaint("film.webm: no such codec", code: 74)
  }

  @Test func `a mistake is one line before anything is drawn`() async throws {
    for (arguments, environment, line, code) in [
      (["-o", "film.avi"], [:], "--output is 'film.avi', expected a name ending in .gif", 64),
      (["-o", film, "--width", "8"], [:], "--width is 8, expected 16 to 4096", 64),
      (["-o", film, "--camera", "top"], [:], "has no camera 'top'", 64),
      (
        ["-o", "/nonexistent/film.gif"], [:], "/nonexistent/film.gif cannot be written: No such", 74
      ),
      (
        ["-o", film], ["CHROMATIC_OSMESA": "/nonexistent"],
        "CHROMATIC_OSMESA names /nonexistent, which does not load (run ops/bootstrap --render", 69
      ),
      (
        ["-o", "\(directory.path)/film.mp4"], ["PATH": "/nonexistent"],
        "ffmpeg is not installed: apt-get install ffmpeg", 69
      ),
    ] as [([String], [String: String], String, Int32)] {
      let policy = "\(try await Self.policy.value.path)/run/policy.json"
      let tool = try await Tool.run(["render", policy] + arguments, environment: environment)
      try await tool.expectComplaint(line, code: code)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
  }

  private static let results =
    URL(filePath: #filePath).appending(path: "../../../docs/results/policies").standardized.path

  /// Width and height of the film.
  private func size() throws -> [Int] {
    let data = try #require(FileManager.default.contents(atPath: film))
    return [6, 8].map { Int(data[$0]) | Int(data[$0 + 1]) << 8 }
  }

  @Test func `policies stand side by side, each with the return that evaluate gives it`()
    async throws
  {
    let policies = ["17", "4"].map { "\(Self.results)/HalfCheetah-v5-\($0).json" }
    let tool = try await Tool.run(
      ["render", "--compare"] + policies
        + ["-o", film, "--seed", "3", "--width", "96", "--height", "64", "--fps", "1"])
    #expect(try await tool.ending() == .exited(code: 0), "\(tool.errors)")
    #expect(try size() == [192, 64])
    // 1000 steps of 0.05 s.
    var expected = "\(film)  51 pictures, 192x64\n"
    for policy in policies {
      let text = try await Tool.output(
        ["evaluate", policy, "--json", "--seed", "3", "--episodes", "1"])
      let returns = try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)).returns
      expected += "\(policy)  1000 steps, return \(returns[0].returnText(.plain))\n"
    }
    #expect(tool.output == expected)
  }

  @Test func `the best policies of a run follow each other, those that were asked for`()
    async throws
  {
    let run = "\(try await Self.policy.value.path)/run"
    let kept = "\(run)/policies"
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept) == ["000000.json"])
    let long = "\(directory.path)/long"
    try FileManager.default.createDirectory(
      atPath: "\(long)/policies", withIntermediateDirectories: true)
    for number in [0, 4, 6, 9] {
      try FileManager.default.copyItem(
        atPath: "\(kept)/000000.json", toPath: "\(long)/policies/00000\(number).json")
    }
    for (flags, policies) in [([], 4), (["--every", "3"], 3), (["--every", "4"], 3)] {
      let tool = try await Tool.run(
        ["render", "--history", long, "-o", film, "--width", "64", "--height", "48"] + flags
          + ["--steps", "10", "--fps", "10"])
      #expect(try await tool.ending() == .exited(code: 0), "\(tool.errors)")
      #expect(
        tool.output
          == "\(film)  \(3 * policies) pictures of \(10 * policies) steps, 64x48, "
          + "\(policies) policies\n")
    }
  }

  @Test func `what cannot be shown together, or is not there, is one line`() async throws {
    let cheetah = "\(Self.results)/HalfCheetah-v5-17.json"
    let swimmer = "\(Self.results)/Swimmer-v5-4.json"
    for (arguments, line, code) in [
      (["--compare", cheetah], "--compare is given 1 policy files, expected 2 to 6", 64),
      (
        ["--compare", cheetah, swimmer],
        "in Swimmer-v5: --compare shows policies of one environment with the same options", 65
      ),
      ([cheetah, swimmer], "2 paths are given, expected one policy file, or --compare", 64),
      (["--compare", "--history", cheetah], "are two kinds of films: give one of them", 64),
      (["--history", directory.path], "policies holds no policies: expected those that train", 65),
      ([cheetah, "--every", "2"], "--every chooses among a run's policies: give it with", 64),
    ] as [([String], String, Int32)] {
      let tool = try await Tool.run(["render"] + arguments + ["-o", film])
      try await tool.expectComplaint(line, code: code)
      #expect(!FileManager.default.fileExists(atPath: film))
    }
  }

  @Test func `policies that are not of one run are no history`() async throws {
    let policies = "\(directory.path)/policies"
    try FileManager.default.createDirectory(atPath: policies, withIntermediateDirectories: false)
    for (name, source) in [
      ("000001", "HalfCheetah-v5-17"), ("000002", "Hopper-v5-11"), ("-00003", "HalfCheetah-v5-3"),
    ] {
      try FileManager.default.copyItem(
        atPath: "\(Self.results)/\(source).json", toPath: "\(policies)/\(name).json")
    }
    let tool = try await Tool.run(["render", "--history", directory.path, "-o", film])
    try await tool.expectComplaint(
      "000002.json is a 11-41-3 policy of Hopper-v5, \(policies)/000001.json a 17-41-6 policy of",
      code: 65)
    try FileManager.default.removeItem(atPath: "\(policies)/000002.json")
    let rest = try await Tool.output([
      "render", "--history", directory.path, "-o", film, "--width", "64", "--height", "48",
      "--steps", "2",
    ])
    #expect(rest.hasSuffix("1 policy\n"))
  }

  @Test func `an environment without a model is not rendered`() async throws {
    let pendulum = "\(directory.path)/policy.json"
    try await SmallRun.reference().policy.write(to: URL(filePath: pendulum))
    let tool = try await Tool.run(["render", pendulum, "-o", film])
    try await tool.expectComplaint("acts in Pendulum-v1, which has no model to draw", code: 65)
  }
}
