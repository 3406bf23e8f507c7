import Foundation
import ServerTestKit
import Testing

/// A run small enough for a test, and the bytes it ends with when nothing disturbs it.
struct SmallRun: Sendable {
  /// What fixes the run's result, as flags.
  let settings: [String]
  let environment: String
  let iterations: Int

  static let pendulum = pendulum(iterations: 6)

  /// One that is not over before a test has looked twice, however busy the machine.
  static let longPendulum = pendulum(iterations: 60)

  private static func pendulum(iterations: Int) -> SmallRun {
    SmallRun(
      settings: [
        "--iterations", "\(iterations)", "--perturbations", "30", "--pivots", "4",
        "--evaluations", "2", "--finalists", "3", "--finalist-episodes", "2", "--hidden", "8",
        "--partitions", "4", "--seed", "7",
      ], environment: "Pendulum-v1", iterations: iterations)
  }

  /// One that takes a moment, so that many kinds can be tried; its weights do not start at zero.
  static func tinyPendulum(_ flags: [String]) -> SmallRun {
    SmallRun(
      settings: [
        "--iterations", "3", "--perturbations", "12", "--pivots", "2", "--evaluations", "1",
        "--finalists", "1", "--finalist-episodes", "1", "--hidden", "6", "--horizon", "50",
        "--initial-deviation", "0.3", "--seed", "7",
      ] + flags, environment: "Pendulum-v1", iterations: 3)
  }

  static let halfCheetah = SmallRun(
    settings: [
      "--iterations", "2", "--perturbations", "4", "--pivots", "2", "--evaluations", "1",
      "--finalists", "1", "--finalist-episodes", "1", "--hidden", "8", "--partitions", "4",
      "--seed", "7",
    ], environment: "HalfCheetah-v5", iterations: 2)

  /// The files by which runs are compared.
  struct Outcome: Equatable, CustomStringConvertible {
    let policy: Data
    let history: Data

    init(in directory: String) throws {
      policy = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/policy.json"))
      history = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/history.jsonl"))
    }

    /// Writes them into a new directory, as `train` leaves it, without policies on the way.
    func write(into directory: String) throws {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
      try policy.write(to: URL(fileURLWithPath: "\(directory)/policy.json"))
      try history.write(to: URL(fileURLWithPath: "\(directory)/history.jsonl"))
    }

    var description: String { String(decoding: history + policy, as: UTF8.self) }
  }

  /// The undisturbed Pendulum run, done once for all tests.
  static func reference() async throws -> Outcome { try await undisturbed.value }

  private static let undisturbed = Task { try await pendulum.trained() }

  /// The outcome of the run when nothing disturbs it.
  func trained(evaluators: Int = 2) async throws -> Outcome {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    try await Tool.output(train(into: output, evaluators: evaluators))
    return try Outcome(in: output)
  }

  /// The arguments that start it.
  func train(into directory: String, evaluators: Int) -> [String] {
    ["train", environment, "--output", directory, "--evaluators", "\(evaluators)"] + settings
  }

  /// The arguments that go on with it.
  func resume(in directory: String, evaluators: Int = 2) -> [String] {
    ["train", environment, "--output", directory, "--evaluators", "\(evaluators)", "--resume"]
  }
}
