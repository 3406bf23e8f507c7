import Foundation
import RedisQueue
import ServerTestKit
import Testing

/// Services whose link to Redis is cut, goes silent or is slow end a run with the same bytes.
@Suite(.serialized) struct NetworkFaultTests {
  /// A queue whose services reach it through one faulty link.
  private func distantQueue() throws -> (QueueUnderTest, FaultyLink) {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let link = try FaultyLink(to: RedisURL(queue.url))
    for name in ["controller", "aggregator", "evaluator", "evaluator"] {
      _ = try queue.start(name, at: link.url.description)
    }
    return (queue, link)
  }

  @Test func `a link that is cut again and again changes no byte`() async throws {
    let (queue, link) = try distantQueue()
    let run = SmallRun.longPendulum
    try await queue.begin(run, until: 1)
    var random = SeededNumbers(seed: 4)
    for iteration in stride(from: 1, to: run.iterations, by: 5) {
      try await queue.reach(iteration)
      link.cut(abruptly: Bool.random(using: &random))
    }
    // A service that waits for an answer just then says so; one that computes opens another link.
    try await eventually("a service that says it lost the link") {
      queue.services.contains { $0.errors.contains("trying again") } ? true : nil
    }
    #expect(try await queue.outcome() == run.trained())
  }

  @Test func `every service notices a link that is half-open and goes on`() async throws {
    let (queue, link) = try distantQueue()
    let run = SmallRun.longPendulum
    try await queue.begin(run, until: 2)
    link.silence()
    for service in queue.services { _ = try await service.errorLine(containing: "no answer for") }
    let done = try queue.iterationsDone(of: "a")
    #expect(done < run.iterations, "the run was over before the link was silent")
    link.restore()
    #expect(try await queue.outcome() == run.trained())
  }

  @Test func `a slow link changes no byte`() async throws {
    let (queue, link) = try distantQueue()
    link.slow(by: 0.02)
    try await queue.begin(until: 1)
    #expect(try await queue.outcome() == SmallRun.reference())
  }
}
