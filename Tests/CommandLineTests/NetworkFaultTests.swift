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

  /// What only the aggregator says, and once: the entry that it adds to the history.
  private func entry(of iteration: Int) -> String { #""iteration":\#(iteration),"max""# }

  @Test func `a link that is cut again and again changes no byte`() async throws {
    let (queue, link) = try distantQueue()
    let run = SmallRun.longPendulum
    var random = SeededNumbers(seed: 4)
    for iteration in stride(from: 1, to: run.iterations, by: 5) {
      let isAbrupt = Bool.random(using: &random)
      link.strike(at: entry(of: iteration)) { $0.cut(abruptly: isAbrupt) }
    }
    try await queue.begin(run, until: run.iterations)
    // The aggregator waited for an answer each time; it says so once.
    #expect(queue.services.contains { $0.errors.contains("trying again") })
    #expect(try await queue.outcome() == run.trained())
  }

  @Test func `every service notices a link that is half-open and goes on`() async throws {
    let (queue, link) = try distantQueue()
    let run = SmallRun.longPendulum
    link.strike(at: entry(of: 2)) { $0.silence() }
    try await queue.begin(run, until: 2)
    for service in queue.services { _ = try await service.errorLine(containing: "no answer for") }
    #expect(try queue.iterationsDone(of: "a") == 2)
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
