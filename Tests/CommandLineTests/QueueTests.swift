import Foundation
import LocalRing
import ServerTestKit
import Testing

/// Runs on a queue that others share: handed in, followed, held, ended and fetched.
@Suite(.serialized) struct QueueTests {
  private let pendulum = SmallRun.pendulum

  /// Arguments of a run that takes longer than any test.
  private static let endless =
    Array(SmallRun.pendulum.settings) + ["--iterations", "1000000"]

  @Test func `two runs at once do not mix: each equals the run trained alone`() async throws {
    let queue = try QueueUnderTest()
    let other = SmallRun(
      settings: pendulum.settings + ["--seed", "8", "--controller", "random"],
      environment: pendulum.environment, iterations: pendulum.iterations)
    let submitted = try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    #expect(submitted.contains("submitted a\n"))
    try await queue.output("submit", "Pendulum-v1", "--name", "b", settings: other.settings)
    for run in ["a", "b"] {
      #expect(try await queue.output("watch", run).contains("\(run) is finished"))
      try await queue.output("fetch", run, "--output", "\(queue.directory.path)/\(run)")
    }
    let alone = "\(queue.directory.path)/alone"
    try await Tool.output(other.train(into: alone, evaluators: 1))
    #expect(try await SmallRun.Outcome(in: "\(queue.directory.path)/a") == SmallRun.reference())
    #expect(try SmallRun.Outcome(in: "\(queue.directory.path)/b") == SmallRun.Outcome(in: alone))
    #expect(try await queue.row(of: "a")[1...2] == ["finished", "6/6"])
    let status = try await queue.output("status")
    #expect(status.contains("tasks    0 pending, 0 leased, 0 dead"))
    #expect(status.contains("a  finished  6/6"))
    #expect(!status.contains("warning"))
  }

  @Test func `pause holds a run, resume goes on, cancel ends it`() async throws {
    let queue = try QueueUnderTest()
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: Self.endless)
    try await eventually("an iteration") { try queue.iterationsDone(of: "a") > 0 ? true : nil }
    try await queue.output("pause", "a")
    try await eventually("the pause") { try queue.phase(of: "a") == "paused" ? true : nil }
    let iterations = try await eventually("an empty queue") {
      // The iteration in progress is still finished.
      try queue.isIdle() ? try queue.iterationsDone(of: "a") : nil
    }
    #expect(try await queue.row(of: "a")[1] == "paused")
    #expect(try queue.iterationsDone(of: "a") == iterations)

    try await queue.output("resume", "a")
    try await eventually("another iteration") {
      try queue.iterationsDone(of: "a") > iterations ? true : nil
    }
    try await queue.output("cancel", "a")
    #expect(try await queue.row(of: "a")[1] == "cancelled")
    try await queue.run("watch", "a").expectComplaint("a was cancelled", code: 65)
    let fetched = "\(queue.directory.path)/a"
    #expect(try await queue.output("fetch", "a", "--output", fetched).contains("Pendulum-v1"))
    try await Tool.output(["inspect", "\(fetched)/policy.json"])
    try await queue.run("resume", "a").expectComplaint("cannot resume run a: it is", code: 64)
  }

  @Test func `a run paused in an iteration ends with the same bytes`() async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    try await eventually("tasks") { try queue.exists("chromatic:{default}:tasks") ? true : nil }
    try await queue.output("pause", "a")
    _ = try queue.start("evaluator")
    try await eventually("the end of the iteration") {
      try queue.iterationsDone(of: "a") == 1 && queue.isIdle() ? true : nil
    }
    #expect(try queue.phase(of: "a") == "paused")
    try await queue.output("resume", "a")
    try await queue.output("watch", "a")
    let fetched = "\(queue.directory.path)/a"
    try await queue.output("fetch", "a", "--output", fetched)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
  }

  @Test func `no evaluators: status says so at once, the controller's log within 10 s`()
    async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    let submitted = try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    #expect(submitted.contains("no evaluator is connected to this queue yet"))
    #expect(
      try await queue.output("status").contains("warning: no evaluator is connected"))
    let controller = try #require(queue.services.first)
    let line = try await controller.errorLine(containing: "no evaluator is connected")
    let found = try #require(line.firstMatch(of: /(\d+) tasks are pending .* for (\d+) s: start/))
    #expect(found.1 == "36")
    #expect(try #require(Int(found.2)) < 10)
    _ = try queue.start("evaluator")
    _ = try await controller.errorLine(containing: "evaluators are at work again")
    #expect(!(try await queue.output("status").contains("no evaluator is connected")))
  }

  @Test func `a name that is taken, and runs that are not there`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    #expect(try await queue.output("runs") == "no runs in this queue\n")
    try await queue.output("submit", "Pendulum-v1", "--name", "a")
    try await queue.run("submit", "Pendulum-v1", "--name", "a")
      .expectComplaint("a run named a exists in this queue", code: 64)
    let output = "\(queue.directory.path)/fetched"
    for command in ["watch", "pause", "resume", "cancel"] {
      try await queue.run(command, "b")
        .expectComplaint("no run named b in this queue: 'chromatic runs' lists them", code: 64)
    }
    try await queue.run("fetch", "b", "--output", output)
      .expectComplaint("no run named b in this queue", code: 64)
    try await queue.run("fetch", "a", "--output", output)
      .expectComplaint("run a has no policy yet", code: 65)
    #expect(!FileManager.default.fileExists(atPath: output))
    #expect(
      try await queue.output("status").contains("updates wait: is chromatic-controller running?"))
  }

  @Test func `fetch writes over no other run`() async throws {
    let queue = try QueueUnderTest()
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: Self.endless)
    try await eventually("an iteration") { try queue.iterationsDone(of: "a") > 0 ? true : nil }
    let output = "\(queue.directory.path)/run"
    try await Tool.output(pendulum.train(into: output, evaluators: 1))
    try await queue.run("fetch", "a", "--output", output)
      .expectComplaint("--output \(output) holds another run", code: 64)
    #expect(try await SmallRun.Outcome(in: output) == SmallRun.reference())
  }
}

extension QueueUnderTest {
  /// Whether nobody has anything to do.
  fileprivate func isIdle() throws -> Bool {
    let keys = ["tasks", "leases", "results", "updates"].map { "chromatic:{default}:\($0)" }
    return try keys.allSatisfy { try !exists($0) }
  }
}
