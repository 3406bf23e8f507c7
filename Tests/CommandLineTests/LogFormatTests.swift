import Foundation
import Testing

/// Services log JSON where they are asked to, each line with what it is about.
@Suite struct LogFormatTests {
  private func lines(_ service: Tool) throws -> [[String: String]] {
    try service.errors.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
  }

  @Test func `every line is an object, with run, iteration and evaluation in keys of their own`()
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let services = try ["controller", "aggregator", "evaluator"].map {
      try queue.start($0, "--log-format", "json", "--log-level", "trace")
    }
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: SmallRun.pendulum.settings)
    try await queue.output("watch", "a")
    for service in services { service.send(signal: SIGTERM) }
    for service in services { _ = try await service.ending() }
    for service in services {
      let said = try lines(service)
      #expect(said.contains { $0["message"] == "serving" && $0["queue"] == "default" })
      #expect(
        said.allSatisfy {
          $0["time"]?.wholeMatch(of: /\d+-\d+-\d+T\S+Z/) != nil && $0["level"] != nil
            && $0["service"] != nil
        })
    }
    let reduced = try lines(services[1]).filter { $0["message"] == "reduced" }
    #expect(reduced.contains { $0["run"] == "a" && $0["iteration"] == "1" }, "\(reduced)")
    let played = try lines(services[2]).filter { $0["message"] == "evaluated" }
    #expect(
      played.contains { $0["run"] == "a" && $0["iteration"] == "0" && $0["evaluation"] == "3" })
  }

  @Test func `a format that is none is a mistake`() async throws {
    let tool = try await Tool.run(["--log-format", "xml"], name: "chromatic-evaluator")
    try await tool.expectComplaint("--log-format is 'xml', expected text or json", code: 64)
  }
}
