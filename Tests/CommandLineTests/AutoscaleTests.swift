import Foundation
import ServerTestKit
import Testing

/// `chromatic autoscale` takes a queue's evaluators from none to many and back to none.
@Suite struct AutoscaleTests {
  @Test func `evaluators come with work and go without it, with the bytes of any ring`()
    async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    let scaler = try Tool([
      "autoscale", "--max", "3", "--cooldown", "1", "--logs", "\(queue.directory.path)/logs",
      "--redis", queue.url,
    ])
    try await eventually("its first line") { scaler.output.contains("0 to 3") ? true : nil }
    #expect(try queue.openStore().overview().evaluators.isEmpty)
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: SmallRun.pendulum.settings)
    #expect(try await queue.outcome() == SmallRun.reference())
    try await eventually("the end of all evaluators") {
      try queue.openStore().overview().evaluators.isEmpty ? true : nil
    }
    #expect(scaler.output.contains(" 3 evaluators: "), "\(scaler.output)")
    #expect(scaler.output.contains("-> 0 evaluators: "), "\(scaler.output)")
    scaler.send(signal: SIGTERM)
    #expect(try await scaler.ending() == .exited(code: 0), "\(scaler.errors)")
  }

  @Test(arguments: [
    (["--min", "3", "--max", "2"], "--max is 2, expected 1 to 1000, not below --min"),
    (["--min", "-1"], "--min is -1, expected 0 to 1000"),
    (["--tasks-per-evaluator", "0"], "--tasks-per-evaluator is 0"),
    (["--cooldown", "-2"], "--cooldown is -2.0"), (["--slots", "0"], "--slots is 0"),
  ])
  func `a mistake is one line`(arguments: [String], line: String) async throws {
    let tool = try await Tool.run(["autoscale"] + arguments)
    try await tool.expectComplaint(line, code: 64)
  }

  @Test func `an evaluator that cannot serve ends it with the reason`() async throws {
    let queue = try QueueUnderTest(controllers: 1, aggregators: 0, evaluators: 0)
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: SmallRun.pendulum.settings)
    let scaler = try await Tool.run([
      "autoscale", "--logs", "\(queue.directory.path)/logs", "--evaluator-redis", "http://nowhere",
      "--redis", queue.url,
    ])
    try await scaler.expectComplaint("an evaluator ended", code: 69)
  }
}
