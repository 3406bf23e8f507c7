import Foundation
import ServerTestKit
import Testing

/// `--check-health` sees a service at work, one that waits for its server, a frozen one and none.
@Suite struct HealthCheckTests {
  private func check(_ service: String, _ file: String) async throws -> Tool {
    try await Tool.run(
      ["--check-health"], name: "chromatic-\(service)", environment: ["CHROMATIC_HEALTH_FILE": file]
    )
  }

  private func healthy(_ service: String, _ file: String) async throws {
    try await eventually("a healthy \(service)", within: 240) {
      try await check(service, file).ending() == .exited(code: 0) ? true : nil
    }
  }

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a service is seen at work, frozen and gone`(service: String) async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let file = "\(queue.directory.path)/health"
    let running = try queue.start(service, environment: ["CHROMATIC_HEALTH_FILE": file])
    try await healthy(service, file)
    // Frozen, its file grows old; a minute is put on it instead of waited for.
    running.send(signal: SIGSTOP)
    let old = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: file)
    let frozen = try await check(service, file)
    #expect(try await frozen.ending() == .exited(code: 1))
    #expect(frozen.errors.contains("the service is frozen"), "\(frozen.errors)")
    running.send(signal: SIGCONT)
    try await healthy(service, file)
    running.send(signal: SIGTERM)
    #expect(try await running.ending() == .exited(code: 0))
    let gone = try await check(service, file)
    #expect(try await gone.ending() == .exited(code: 1))
    #expect(gone.errors.contains("has ended"), "\(gone.errors)")
  }

  @Test func `a service that waits for Redis is at work, and says so once`() async throws {
    let directory = try TestDirectory()
    let file = "\(directory.path)/health"
    let evaluator = try Tool(
      ["--redis", "unix://\(directory.path)/none.sock", "--slots", "4"],
      name: "chromatic-evaluator",
      environment: ["CHROMATIC_HEALTH_FILE": file])
    try await healthy("evaluator", file)
    _ = try await evaluator.errorLine(containing: "trying again")
    // Five threads wait; the line is one for all of them, and comes again every half minute.
    let moments = try evaluator.errors.split(separator: "\n").filter { $0.contains("trying again") }
      .map { try Date(String($0.prefix(19)) + "Z", strategy: .iso8601) }
    for (earlier, later) in zip(moments, moments.dropFirst()) {
      #expect(later.timeIntervalSince(earlier) > 15, "\(evaluator.errors)")
    }
  }

  @Test func `a check without a file is a mistake that says what is missing`() async throws {
    let tool = try await Tool.run(["--check-health"], name: "chromatic-controller")
    try await tool.expectComplaint("CHROMATIC_HEALTH_FILE", code: 64)
  }
}
