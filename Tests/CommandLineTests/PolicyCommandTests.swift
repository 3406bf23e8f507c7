import ChromaticPolicy
import Foundation
import ServerTestKit
import Testing

/// `evaluate` and `inspect` on a trained policy.
@Suite struct PolicyCommandTests {
  private struct Evaluation: Decodable {
    var mean: Double
    var std: Double
    var min: Double
    var max: Double
    var episodes: Int
    var returns: [Double]
  }

  private struct Inspection: Decodable {
    var weights: Int
    var parameters: Int
    var compression: Double
    var bits: Int
  }

  private let directory: TestDirectory
  private let path: String

  init() async throws {
    directory = try TestDirectory()
    path = "\(directory.path)/policy.json"
    try await SmallRun.reference().policy.write(to: URL(fileURLWithPath: path))
  }

  private func evaluate(_ arguments: String...) async throws -> Evaluation {
    let text = try await Tool.output(["evaluate", path, "--json"] + arguments)
    return try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8))
  }

  @Test func `evaluate prints the figures of its episodes, which the seed names`() async throws {
    let first = try await evaluate("--episodes", "6", "--seed", "3")
    #expect(first.episodes == 6)
    #expect(first.returns.count == 6)
    let mean = first.returns.reduce(0, +) / 6
    let variance = first.returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    #expect(abs(first.mean - mean) < 1e-9)
    #expect(abs(first.std - variance.squareRoot()) < 1e-9)
    #expect(first.min == first.returns.min())
    #expect(first.max == first.returns.max())
    #expect(try await evaluate("--episodes", "6", "--seed", "3").returns == first.returns)
    #expect(try await evaluate("--episodes", "6", "--seed", "4").returns != first.returns)
  }

  @Test func `evaluate takes other settings of the environment`() async throws {
    let whole = try await evaluate("--episodes", "3")
    let short = try await evaluate("--episodes", "3", "--horizon", "10")
    // Pendulum's rewards are negative, so a shorter episode costs less.
    #expect(zip(short.returns, whole.returns).allSatisfy { $0 > $1 })
    let tool = try await Tool.run(["evaluate", path, "--horizon", "0"])
    try await tool.expectComplaint("--horizon is 0, expected 1 to 10000000", code: 64)
  }

  @Test func `an export whose actions would differ is refused, and C code takes a name`()
    async throws
  {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var policy = try PolicyFile.decode(Data(text.utf8))
    policy.normalisation = Normalisation(mean: [1e39, 0, 0], deviation: [1e38, 1, 1])
    let far = "\(directory.path)/far.json"
    try PolicyFile.encode(policy).write(to: URL(fileURLWithPath: far))
    for form in [["c"], ["binary"], ["c", "--arithmetic", "fixed"]] {
      let tool = try await Tool.run(
        ["export", far, "-o", "\(directory.path)/far.c", "--format"] + form)
      try await tool.expectComplaint("expected at most 0.02: ", code: 65)
    }
    #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/far.c"))
    let header = "\(directory.path)/walk.h"
    let source = try await Tool.output([
      "export", path, "--format", "c", "--name", "walk", "--header", header,
    ])
    #expect(source.contains("void walk_act(const float *observation, float *action) {"))
    #expect(try String(contentsOfFile: header, encoding: .utf8).contains("WALK_OBSERVATIONS 3"))
    let tool = try await Tool.run(["export", path, "--format", "c", "--name", "2walk"])
    try await tool.expectComplaint("--name is '2walk', expected a letter", code: 64)
  }

  @Test func `every export says how to act, or why it cannot say it`() async throws {
    for (format, parts) in [
      ("json", ["\"low\":[-2]", "\"high\":[2]", "\"repeat\":1", "(low + high)"]),
      ("c", ["#define CHROMATIC_ACTION_LOW {-2.0}", "#define CHROMATIC_ACTION_REPEAT 1"]),
      ("binary", ["\"Pendulum-v1\""]),
    ] {
      let file = "\(directory.path)/exported"
      let tool = try await Tool.run(["export", path, "--format", format, "-o", file])
      #expect(try await tool.ending() == .exited(code: 0) && tool.errors.isEmpty)
      let bytes = try Data(contentsOf: URL(filePath: file))
      for part in parts { #expect(bytes.range(of: Data(part.utf8)) != nil, "\(format): \(part)") }
    }
    let elsewhere = "\(directory.path)/elsewhere.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("Pendulum-v1", with: "mjcf:/nowhere/robot.xml")
      .write(toFile: elsewhere, atomically: true, encoding: .utf8)
    let tool = try await Tool.run(["export", elsewhere, "--format", "json"])
    #expect(try await tool.ending() == .exited(code: 0))
    #expect(tool.output.contains("\"rule\":\"unknown\""))
    #expect(
      tool.errors.contains(
        "elsewhere.json: what is exported does not say how its outputs become actions: there is no "
          + "model file /nowhere/robot.xml"))
  }

  @Test func `inspect counts weights, parameters, compression and bits`() async throws {
    let text = try await Tool.output(["inspect", path, "--json"])
    let found = try JSONDecoder().decode(Inspection.self, from: Data(text.utf8))
    // 3-8-1 with 4 classes: 32 edges and 8 biases.
    #expect(found.weights == 4)
    #expect(found.parameters == 4 + 8)
    #expect(abs(found.compression - (1 - 12.0 / 40)) < 1e-12)
    #expect(found.bits == 12 * 32 + 32 * 2)
  }

  @Test func `inspect draws the partition`() async throws {
    let picture = "\(directory.path)/picture.svg"
    try await Tool.output(["inspect", path, "--svg", picture])
    #expect(try String(contentsOfFile: picture, encoding: .utf8).contains("<svg"))
    let tool = try await Tool.run(["inspect", path, "--svg", "/nonexistent/picture.svg"])
    try await tool.expectComplaint(
      "/nonexistent/picture.svg cannot be written: No such file or directory", code: 74)
  }

  @Test func `inspect draws for a paper, as SVG and as PDF with its fonts, the same each time`()
    async throws
  {
    let figure = "\(directory.path)/figure.svg"
    try await Tool.output([
      "inspect", path, "--figure", figure, "--figure-form", "network", "--figure-width", "2",
    ])
    #expect(try String(contentsOfFile: figure, encoding: .utf8).contains(#"width="144pt""#))
    let files = ["a", "b"].map { "\(directory.path)/\($0).pdf" }
    for file in files { try await Tool.output(["inspect", path, "--figure", file]) }
    let pdf = try #require(FileManager.default.contents(atPath: files[0]))
    #expect(pdf.starts(with: Data("%PDF".utf8)))
    // 3.25 inches, as wide as it was asked for.
    for part in ["/FontFile", "/MediaBox [ 0 0 234 "] {
      #expect(pdf.range(of: Data(part.utf8)) != nil, "\(part)")
    }
    #expect(FileManager.default.contents(atPath: files[1]) == pdf)
  }

  @Test func `a PDF that cannot be made is one line, and leaves nothing`() async throws {
    let file = "\(directory.path)/figure.pdf"
    let converter = "\(directory.path)/rsvg-convert"
    let missing = try await Tool.run(
      ["inspect", path, "--figure", file], environment: ["PATH": "/nonexistent"])
    try await missing.expectComplaint(
      "rsvg-convert is not installed: apt-get install librsvg2-bin, or write a .svg", code: 69)
    try Data("#!/bin/sh\necho no memory >&2\nexit 1\n".utf8).write(to: URL(filePath: converter))
    chmod(converter, 0o755)
    let failing = try await Tool.run(
      ["inspect", path, "--figure", file],
      environment: ["PATH": "\(directory.path):/usr/bin:/bin"])
    try await failing.expectComplaint(
      "figure.pdf cannot be written: rsvg-convert: no memory", code: 74)
    #expect(!FileManager.default.fileExists(atPath: file))
    for (arguments, line) in [
      (["--figure", "figure.png"], "--figure is 'figure.png', expected a name ending in .svg or"),
      (["--svg", "picture"], "--svg is 'picture', expected a name ending in .svg or .pdf"),
      (
        ["--figure", "figure.svg", "--figure-width", "30"],
        "--figure-width is 30.0, expected 1 to 20 inches"
      ),
      (["--figure-width", "3"], "--figure-form and --figure-width are of --figure FILE"),
      (
        ["--figure", "/tmp/one.svg", "--svg", "/tmp/../tmp/one.svg"],
        "--svg and --figure are both /tmp/one.svg, expected two files"
      ),
    ] {
      let tool = try await Tool.run(["inspect", path] + arguments)
      try await tool.expectComplaint(line, code: 64)
    }
  }
}
