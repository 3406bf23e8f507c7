import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// What operators see of evaluations that were given up, and of runs that are over.
@Suite struct DeadTaskTests {
  @Test func `a given-up evaluation is listed, queued again, and the run ends as if never lost`()
    async throws
  {
    let pendulum = SmallRun.pendulum
    let queue = try QueueUnderTest(aggregators: 0, evaluators: 0)
    #expect(try await queue.output("dead") == "nothing was given up in this queue\n")
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    let store = try queue.openStore()
    try await eventually("a task given up") {
      _ = try store.claim(by: "lost", lease: 0)
      return try store.reapExpiredLeases(attempts: 1).isEmpty ? nil : true
    }
    let listed = try await queue.output("dead")
    #expect(
      listed.contains("a    0          0      can be queued again  lost 1 times, last by lost"))
    #expect(listed.contains("1 can be evaluated again: chromatic requeue\n"))
    try await queue.run("requeue", "b").expectComplaint("no run named b", code: 64)
    #expect(
      try await queue.output("requeue", "a") == "1 of 1 given-up evaluations are queued again\n")
    #expect(try await queue.output("dead") == "nothing was given up in this queue\n")
    _ = try queue.start("aggregator")
    _ = try queue.start("evaluator")
    try await queue.output("watch", "a")
    let fetched = "\(queue.directory.path)/a"
    try await queue.output("fetch", "a", "--output", fetched)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
  }

  @Test func `a run that is over is forgotten, one that is not is refused`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.output("submit", "Pendulum-v1", "--name", "a")
    try await queue.run("forget", "a")
      .expectComplaint("cannot forget run a: it is submitted", code: 64)
    try await queue.output("cancel", "a")
    #expect(try await queue.output("forget", "a") == "a is forgotten\n")
    #expect(try await queue.output("runs") == "no runs in this queue\n")
    try await queue.run("submit", "Pendulum-v1", "--name", "a", "--seed", "1")
      .expectComplaint("a run named a with other settings was forgotten", code: 64)
    try await queue.output("submit", "Pendulum-v1", "--name", "a")
  }
}
