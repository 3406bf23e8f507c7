import Foundation
import ServerTestKit
import Testing

/// A server that refuses writes for a while: said by the services, and the run ends the same way.
@Suite(.serialized) struct RefusedWriteTests {
  private func expectSameBytes(
    until iteration: Int, refusing: (QueueUnderTest) throws -> Void, said line: String,
    again: (QueueUnderTest) throws -> Void
  ) async throws {
    let queue = try QueueUnderTest()
    try await queue.begin(until: iteration)
    try refusing(queue)
    let controller = try #require(queue.services.first)
    _ = try await controller.errorLine(containing: line)
    #expect(try queue.iterationsDone(of: "a") < SmallRun.pendulum.iterations, "too late")
    try again(queue)
    #expect(try await queue.outcome() == SmallRun.reference())
  }

  @Test func `no memory, until some is given`() async throws {
    try await expectSameBytes(
      until: 1, refusing: { try $0.send("CONFIG", "SET", "maxmemory", "1") },
      said: "has reached its maxmemory", again: { try $0.send("CONFIG", "SET", "maxmemory", "0") })
  }

  @Test func `a primary that becomes a read-only replica, until it is promoted`() async throws {
    try await expectSameBytes(
      until: 1, refusing: { try $0.send("REPLICAOF", "127.0.0.1", "1") },
      said: "is a read-only replica", again: { try $0.send("REPLICAOF", "NO", "ONE") })
  }
}
