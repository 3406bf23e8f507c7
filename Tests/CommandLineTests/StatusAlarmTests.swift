import Foundation
import Testing

/// `status` on a busy run: no alarm while services are there, one when they are not.
@Suite(.serialized) struct StatusAlarmTests {
  /// Thousands of evaluations in every iteration, so that its reduction takes its time.
  private static let busy = SmallRun(
    settings: [
      "--iterations", "1000000", "--perturbations", "1500", "--evaluations", "2", "--horizon", "5",
      "--hidden", "8", "--partitions", "4", "--seed", "7",
    ], environment: "Pendulum-v1", iterations: 1_000_000)

  private func alarms(_ queue: QueueUnderTest) async throws -> [Substring] {
    try await queue.output("status").split(separator: "\n").filter { $0.hasPrefix("warning:") }
  }

  @Test func `sixty looks at a busy run see no alarm, though leads change hands`() async throws {
    let queue = try QueueUnderTest(controllers: 2, aggregators: 2)
    try await queue.begin(Self.busy, until: 1)
    for look in 0..<60 {
      #expect(try await alarms(queue) == [], "look \(look)")
      guard look % 10 == 9 else { continue }
      // One of each ends in order, and another one begins.
      for name in ["controller", "aggregator"] {
        let service = try #require(
          queue.services.first { service in
            service.executable.hasSuffix(name) && ProcessTable.isAlive(service.identifier)
          })
        service.send(signal: SIGTERM)
        _ = try queue.start(name)
      }
    }
    #expect(try queue.iterationsDone(of: "a") > 1)
  }

  @Test(arguments: [SIGTERM, SIGSTOP])
  func `an aggregator that does not work is seen`(signal: Int32) async throws {
    let queue = try QueueUnderTest()
    try await queue.begin(Self.busy, until: 1)
    let aggregator = try #require(
      queue.services.first { $0.executable.hasSuffix("aggregator") })
    aggregator.send(signal: signal)
    try await eventually("an alarm") {
      try await alarms(queue).contains("warning: results wait: is chromatic-aggregator running?")
        ? true : nil
    }
    #expect(try await alarms(queue).count == 1)
    _ = try queue.start("aggregator")
    try await eventually("no alarm") { try await alarms(queue).isEmpty ? true : nil }
  }

  @Test func `evaluators that are gone are seen`() async throws {
    let queue = try QueueUnderTest()
    try await queue.begin(Self.busy, until: 1)
    for service in queue.services where service.executable.hasSuffix("evaluator") {
      service.send(signal: SIGTERM)
    }
    try await eventually("an alarm") {
      try await alarms(queue).first?.contains("no evaluator is connected") == true ? true : nil
    }
  }
}
