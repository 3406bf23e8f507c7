import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// Evaluators come and go, down to none and up again; nothing is lost and nothing changes.
@Suite struct ElasticityTests {
  private let pendulum = SmallRun.pendulum

  /// Asks `evaluators` to end; none may be killed.
  private func drain(_ evaluators: [Tool]) async throws {
    for evaluator in evaluators { evaluator.send(signal: SIGTERM) }
    for evaluator in evaluators {
      #expect(try await evaluator.ending(within: 30) == .exited(code: 0), "\(evaluator.errors)")
    }
  }

  /// Waits for evaluators that say they live, which are those that a signal drains.
  private func heartbeats(_ count: Int, on queue: QueueUnderTest) async throws {
    let store = try queue.openStore()
    try await eventually("\(count) heartbeats") {
      try store.overview().evaluators.count == count ? true : nil
    }
  }

  @Test func `evaluators from none to three, to none, to two change no byte`() async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    let first = try (0..<3).map { _ in try queue.start("evaluator") }
    try await eventually("an iteration") { try queue.iterationsDone(of: "a") > 0 ? true : nil }
    try await heartbeats(3, on: queue)
    try await drain(first)
    #expect(try !queue.exists("chromatic:{default}:leases"), "something was left in flight")
    #expect(try !queue.exists("chromatic:{default}:evaluators"), "somebody did not sign off")
    for _ in 0..<2 { _ = try queue.start("evaluator") }
    try await queue.output("watch", "a")
    let fetched = "\(queue.directory.path)/a"
    try await queue.output("fetch", "a", "--output", fetched)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
  }

  @Test func `an episode longer than the grace period goes back to the queue`() async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    try await queue.output(
      "submit", "HalfCheetah-v5", "--name", "a", "--horizon", "10000000",
      settings: pendulum.settings)
    let evaluator = try queue.start("evaluator", "--grace", "0.5", "--slots", "2")
    try await eventually("two leases") {
      try queue.openStore().overview().leased == 2 ? true : nil
    }
    try await drain([evaluator])
    #expect(evaluator.errors.contains("2 evaluations handed back after 0.5 s"))
    #expect(try await queue.output("status").contains("36 pending, 0 leased, 0 dead"))
  }

  @Test func `hundreds of slots end in order and sign off`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let evaluator = try queue.start("evaluator", "--slots", "600")
    let connection = try RedisConnection(to: queue.openStore().url)
    try await eventually("a connection of each slot") { () -> Bool? in
      guard case .bytes(let list) = try connection.send(["CLIENT", "LIST"]) else { return nil }
      return list.count { $0 == UInt8(ascii: "\n") } > 600 ? true : nil
    }
    try await heartbeats(1, on: queue)
    try await drain([evaluator])
    let errors = evaluator.errors
    // Where the machine is so busy that Redis answers none of them in time, it says so instead.
    #expect(
      try !queue.exists("chromatic:{default}:evaluators")
        || errors.contains("ends without a last word, since Redis does not answer"),
      "it did not sign off: \(errors)")
  }
}
