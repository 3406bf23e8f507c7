import Foundation
import LocalRing
import ServerTestKit
import Testing

/// A mistake on the command line is one line that names it, exit code 64, and nothing on the disk.
@Suite struct SettingMistakeTests {
  /// Arguments, where `DIR` stands for an empty directory, and what the line has to contain.
  static let mistakes: [(arguments: String, line: String)] = [
    ("train", "Missing expected argument '<environment>' (see 'chromatic train --help')"),
    ("train HalfCheeta-v5 --output DIR/run", "did you mean HalfCheetah-v5?"),
    ("train '' --output DIR/run", "unknown environment"),
    ("train Pendulum-v1 --output DIR/run --partitions 0", "--partitions is 0, expected 1 to 164"),
    ("train Pendulum-v1 --output DIR/run --partitions 165", "--partitions is 165, expected 1 to"),
    ("train Pendulum-v1 --output DIR/run --partitions -4", "--partitions is -4, expected 1 to"),
    ("train Pendulum-v1 --output DIR/run --sigma 1e300", "--sigma is 1e+300, expected a number"),
    (
      "train Pendulum-v1 --output DIR/run --frozen-sigma 0.1:1e-200",
      "--frozen-sigma is 0.1:1e-200, expected a number"
    ),
    ("train Pendulum-v1 --output DIR/run --sigma 0", "--sigma is 0.0, expected a number from 1e-9"),
    ("train Pendulum-v1 --output DIR/run --sigma nan", "--sigma is nan, expected"),
    ("train Pendulum-v1 --output DIR/run --sigma -1", "--sigma is -1.0, expected"),
    ("train Pendulum-v1 --output DIR/run --sigma inf", "--sigma is inf, expected"),
    (
      "train Pendulum-v1 --output DIR/run --sigma small",
      "--sigma is 'small', expected a number from 1e-9"
    ),
    ("train Pendulum-v1 --output DIR/run --step-size 0", "--step-size is 0.0, expected"),
    ("train Pendulum-v1 --output DIR/run --hidden 0", "--hidden is '0', expected sizes"),
    ("train Pendulum-v1 --output DIR/run --hidden 41,", "--hidden is '41,', expected sizes"),
    ("train Pendulum-v1 --output DIR/run --hidden 999999999", "--hidden is 999999999, expected"),
    ("train Pendulum-v1 --output DIR/run --iterations 0", "--iterations is 0, expected"),
    ("train Pendulum-v1 --output DIR/run --perturbations 0", "--perturbations is 0, expected"),
    (
      "train Pendulum-v1 --output DIR/run --estimator antithetic --perturbations 3",
      "--perturbations is 3, expected an even number"
    ),
    (
      "train Pendulum-v1 --output DIR/run --estimator best",
      "--estimator is 'best', expected one of forward, antithetic"
    ),
    (
      "train Pendulum-v1 --output DIR/run --controller none",
      "--controller is 'none', expected one of "
    ),
    (
      "train Pendulum-v1 --output DIR/run --controller-step 5",
      "--controller-step is nothing to --controller clustering: leave it out"
    ),
    ("train Pendulum-v1 --output DIR/run --evaluators -1", "--evaluators is -1, expected 0 to"),
    ("train Pendulum-v1 --output DIR/run --evaluators two", "'two' is invalid for '--evaluators"),
    (
      "train Pendulum-v1 --output DIR/run --seed -1",
      "--seed is '-1', expected a whole number from 0 to 1"
    ),
    (
      "train Pendulum-v1 --output DIR/run --seed 99999999999999999999",
      "--seed is '99999999999999999999', expected a whole number"
    ),
    ("train Pendulum-v1 --output DIR/run --colour", "Unknown option '--colour'"),
    ("train Pendulum-v1 --output", "Missing value for '--output"),
    ("train Pendulum-v1 --output DIR/run --resume", "--resume: DIR/run holds no run"),
    ("dance", "Unexpected argument 'dance' (see 'chromatic --help')"),
    ("submit Pendulum-v1 --name 'a b'", "--name is 'a b', expected 1 to 64 letters"),
    ("submit Pendulum-v1 --sigma 0", "--sigma is 0.0, expected"),
    ("watch 'a b'", "the run's name is 'a b', expected"),
    ("status --redis http://localhost", "--redis: 'http://' is no scheme for Redis"),
    ("status --redis redis://host:port", "--redis: "),
    ("status --redis ''", "--redis: "),
    ("status --queue 'a b'", "--queue is 'a b', expected 1 to 64 letters"),
    ("evaluate DIR/policy.json --episodes 0", "--episodes is 0, expected 1 to"),
    ("evaluate DIR/policy.json --episodes -3", "--episodes is -3, expected 1 to"),
    ("replay Foo-v1 --state DIR/s --actions DIR/a", "unknown environment"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is said in one line`(arguments: String, line: String) async throws {
    let directory = try TestDirectory()
    let tool = try await Tool.run(words(of: arguments, in: directory))
    try await tool.expectComplaint(
      line.replacing("DIR", with: directory.path), code: 64)
    #expect(tool.errors.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(tool.output.isEmpty)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test(arguments: [
    ("controller", "--speed 3", "Unknown option '--speed' (see 'chromatic-controller --help')"),
    ("aggregator", "--redis nowhere", "--redis: 'nowhere' is no Redis URL"),
    ("aggregator", "--log-level loud", "--log-level is 'loud', expected one of trace, "),
    ("evaluator", "--slots 0", "--slots is 0, expected 1 to 1024"),
    ("evaluator", "--slots -1", "--slots is -1, expected 1 to 1024"),
    ("evaluator", "--name 'a b'", "--name is 'a b', expected 1 to 64 letters"),
  ])
  func `a mistake is said in one line by a service, too`(
    service: String, arguments: String, line: String
  ) async throws {
    let words = try words(of: arguments, in: TestDirectory())
    let tool = try await Tool.run(words, name: "chromatic-\(service)")
    try await tool.expectComplaint(line, code: 64)
    #expect(tool.errors.count { $0 == "\n" } == 1, "\(tool.errors)")
  }

  @Test(arguments: [
    ("CHROMATIC_SLOTS", "many", "evaluator", "CHROMATIC_SLOTS is 'many', expected 1 to 1024"),
    ("CHROMATIC_GRACE", "-1", "evaluator", "CHROMATIC_GRACE is -1, expected 0 to 3600 seconds"),
    ("CHROMATIC_LOG_LEVEL", "loud", "controller", "CHROMATIC_LOG_LEVEL is 'loud', expected one of"),
    ("CHROMATIC_LOG_FORMAT", "xml", "controller", "CHROMATIC_LOG_FORMAT is 'xml', expected text"),
    ("CHROMATIC_QUEUE", "a b", "aggregator", "CHROMATIC_QUEUE is 'a b', expected 1 to 64"),
    ("CHROMATIC_REDIS", "nowhere", "aggregator", "CHROMATIC_REDIS: 'nowhere' is no Redis URL"),
    ("CHROMATIC_PORT", "99999", "dashboard", "CHROMATIC_PORT is 99999, expected a port"),
    (
      "CHROMATIC_REDIS_PASSWORD_FILE", "/nonexistent", "controller",
      "CHROMATIC_REDIS_PASSWORD_FILE: the password file /nonexistent cannot be read"
    ),
  ])
  func `a mistake in a variable is not blamed on a flag`(
    variable: String, value: String, service: String, line: String
  ) async throws {
    let tool = try await Tool.run([], name: "chromatic-\(service)", environment: [variable: value])
    try await tool.expectComplaint(line, code: 64)
  }

  @Test(arguments: ["--help", "train --help", "help train", "--version", ""])
  func `help and version are no mistakes`(arguments: String) async throws {
    let text = try await Tool.output(words(of: arguments, in: TestDirectory()))
    #expect(!text.isEmpty)
  }

  /// Words as a shell splits them, as far as these tests need it.
  private func words(of line: String, in directory: TestDirectory) -> [String] {
    line.replacing("DIR", with: directory.path).split(
      separator: "'", omittingEmptySubsequences: false
    )
    .enumerated().flatMap { number, part in
      number.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }
}
