import Foundation
import Testing

/// `chromatic drain`: machines are emptied before they are stopped.
@Suite struct DrainTests {
  private let pendulum = SmallRun.pendulum

  /// The names of the evaluators that are alive.
  private func names(_ queue: QueueUnderTest) throws -> [String] {
    try queue.openStore().overview().alive.map(\.name).sorted()
  }

  @Test func `a drained evaluator begins nothing, others go on, and no byte changes`() async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    let first = try queue.start("evaluator", "--slots", "2")
    let name = try await eventually("a heartbeat") { try names(queue).first }
    #expect(
      try await queue.output("drain", name) == "\(name) holds nothing: it can be stopped\n")
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    let status = try await eventually("tasks") {
      let status = try await queue.output("status")
      return status.contains("36 pending") ? status : nil
    }
    #expect(status.contains("  drained, 0 of 2 slots busy"), "\(status)")
    #expect(status.contains("warning: all evaluators are drained, 36 tasks wait: "), "\(status)")
    _ = try queue.start("evaluator")
    try await queue.reach(1)
    let json = try await queue.output("drain", "--all", "--json")
    #expect(try await JSONSchema(name: "drain.json").objections(to: json) == "", "\(json)")
    #expect(json.components(separatedBy: #""drained":true"#).count == 3, "\(json)")
    try await queue.output("drain", "--all", "--undo")
    #expect(try await queue.outcome() == SmallRun.reference())
    #expect(first.errors.contains("no longer drained: at work again"))
  }

  @Test func `what an evaluator holds is finished first`() async throws {
    let queue = try QueueUnderTest()
    // One that is not over, however late this test looks.
    try await queue.output(
      "submit", "HalfCheetah-v5", "--name", "a", "--horizon", "20000",
      settings: pendulum.settings + ["--iterations", "1000000"])
    let store = try queue.openStore()
    try await eventually("work in flight") { try store.overview().leased == 2 ? true : nil }
    let said = try await queue.output("drain", "--all")
    #expect(said.components(separatedBy: "holds nothing").count == 3, "\(said)")
    let overview = try store.overview()
    #expect(overview.leased == 0 && overview.pending > 0 && overview.dead == 0)
    let lost = try queue.exists("chromatic:{default}:run:a:lost")
    #expect(!lost)
  }

  @Test func `who can be stopped already is said while others are waited for`() async throws {
    let queue = try QueueUnderTest(evaluators: 1)
    let idle = try await eventually("a heartbeat") { try names(queue).first }
    try await queue.output("drain", idle)
    _ = try queue.start("evaluator")
    try await queue.output(
      "submit", "HalfCheetah-v5", "--name", "a", "--horizon", "10000000",
      settings: pendulum.settings)
    let store = try queue.openStore()
    try await eventually("work in flight") { try store.overview().leased == 1 ? true : nil }
    let waiting = try Tool(["drain", "--all", "--redis", queue.url])
    try await eventually("a line in a file, of a command that is not over") {
      waiting.output == "\(idle) holds nothing: it can be stopped\n" ? true : nil
    }
    #expect(try store.overview().leased == 1)
    waiting.send(signal: SIGINT)
    #expect(try await waiting.ending() == .exited(code: 130))
  }

  @Test func `names that are not there, and none`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.run("drain", "x").expectComplaint(
      "no evaluator named x in this queue", code: 64)
    try await queue.run("drain").expectComplaint("with --all", code: 64)
    try await queue.run("drain", "x", "--all").expectComplaint("with --all", code: 64)
    #expect(try await queue.output("drain", "--all") == "")
  }

  @Test func `one that does not answer is named`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 1)
    let evaluator = try #require(queue.services.first)
    let name = try await eventually("a heartbeat") { try names(queue).first }
    evaluator.send(signal: SIGSTOP)
    try await queue.run("drain", name).expectComplaint(name, code: 69)
    evaluator.send(signal: SIGCONT)
  }

  @Test func `one that ends meanwhile is done`() async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    let evaluator = try queue.start("evaluator", "--grace", "0.5")
    try await queue.output(
      "submit", "HalfCheetah-v5", "--name", "a", "--horizon", "10000000",
      settings: pendulum.settings)
    let store = try queue.openStore()
    try await eventually("work in flight") { try store.overview().leased == 1 ? true : nil }
    let name = try #require(try store.overview().evaluators.first?.name)
    let waiting = try Tool(["drain", name, "--redis", queue.url])
    try await eventually("an evaluator that is drained and holds work") {
      try store.overview().evaluators.first?.isDrained == true ? true : nil
    }
    #expect(try store.overview().leased == 1)
    evaluator.send(signal: SIGTERM)
    #expect(try await waiting.ending() == .exited(code: 0), "\(waiting.errors)")
    #expect(waiting.output == "\(name) has ended\n", "\(waiting.output)")
  }
}
