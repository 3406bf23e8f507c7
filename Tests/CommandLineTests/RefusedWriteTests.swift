import Foundation
import ServerTestKit
import Testing

/// A server that refuses writes for a while: said by the services, and the run ends the same way.
@Suite(.serialized) struct RefusedWriteTests {
  /// Evaluators start when writes are refused, so the run cannot be over before.
  private func expectSameBytes(
    refusing: (QueueUnderTest) throws -> Void, said line: String,
    again: (QueueUnderTest) throws -> Void
  ) async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    try await queue.begin(until: 0)
    try await eventually("the first publication") {
      try queue.phase(of: "a") == "running" ? true : nil
    }
    try refusing(queue)
    for _ in 0..<2 { _ = try queue.start("evaluator") }
    let controller = try #require(queue.services.first)
    _ = try await controller.errorLine(containing: line)
    #expect(try queue.iterationsDone(of: "a") < SmallRun.pendulum.iterations, "too late")
    try again(queue)
    #expect(try await queue.outcome() == SmallRun.reference())
  }

  @Test func `a server without memory holds a run up until some is given`() async throws {
    try await expectSameBytes(
      refusing: { try $0.send("CONFIG", "SET", "maxmemory", "1") },
      said: "has reached its maxmemory", again: { try $0.send("CONFIG", "SET", "maxmemory", "0") })
  }

  @Test func `a read-only replica holds a run up until it is promoted`() async throws {
    try await expectSameBytes(
      refusing: { try $0.send("REPLICAOF", "127.0.0.1", "1") },
      said: "is a read-only replica", again: { try $0.send("REPLICAOF", "NO", "ONE") })
  }
}
