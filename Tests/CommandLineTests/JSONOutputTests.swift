import Foundation
import RedisQueue
import Testing

/// `--json`: whatever stands in the queue, what is printed is what `docs/schemas` states.
@Suite struct JSONOutputTests {
  private func expect(
    _ text: String, fits schema: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let objections = try await JSONSchema(name: schema).objections(to: text)
    #expect(objections == "", "\(text)", sourceLocation: sourceLocation)
  }

  @Test func `an empty queue, and one that is nothing but damaged`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    for damage in [[], ["SET", "chromatic:{default}:tasks", "x"]] {
      if let command = damage.first { try queue.send(command, damage[1], damage[2]) }
      try await expect(queue.output("status", "--json"), fits: "status.json")
      try await expect(queue.output("runs", "--json"), fits: "runs.json")
    }
    try queue.send("DEL", "chromatic:{default}:tasks")
    try await expect(queue.output("dead", "--json"), fits: "dead.json")
  }

  @Test func `runs of every phase, evaluators that live and that are gone, what was given up`()
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let run = SmallRun.pendulum
    for name in ["a", "paused", "cancelled", "damaged"] {
      try await queue.output("submit", run.environment, "--name", name, settings: run.settings)
    }
    try await queue.output("pause", "paused")
    try await queue.output("cancel", "cancelled")
    try queue.send("SET", "chromatic:{default}:run:damaged:config", "x")
    for name in ["controller", "aggregator", "evaluator", "evaluator"] { _ = try queue.start(name) }
    let watched = try await queue.output("watch", "a", "--json")
    try await expect(watched, fits: "watch.json")
    let last = try #require(watched.split(separator: "\n").last)
    #expect(last.contains(#""phase":"finished""#) && last.contains(#""iteration":6,"#), "\(last)")
    // Without an aggregator nobody forgets who is silent for long.
    for service in queue.services { service.send(signal: SIGKILL) }
    _ = try queue.start("evaluator")
    try queue.send("RPUSH", "chromatic:{default}:dead", "a 0 3 lost 5 times")
    try queue.send("RPUSH", "chromatic:{default}:dead", "what is this")
    let status = try await eventually("evaluators that are silent") {
      let status = try await queue.output("status", "--json")
      return status.contains(#""silent":[{"#) && !status.contains(#""evaluators":[]"#)
        ? status : nil
    }
    try await expect(status, fits: "status.json")
    for part in ["damaged", "cancelled", "finished", "paused"] {
      #expect(status.contains("\"phase\":\"\(part)\""), "\(part)")
    }
    try await expect(queue.output("runs", "--json"), fits: "runs.json")
    for command in ["dead", "requeue"] {
      let dead = try await queue.output(command, "--json")
      try await expect(dead, fits: "dead.json")
      #expect(dead.contains(#""count":2,"#) && dead.contains(#""index":3,"#), "\(dead)")
    }
  }

  @Test func `a schema objects to what it does not state`() async throws {
    let objections = try await JSONSchema(name: "dead.json").objections(
      to: #"{"count":-1,"tasks":[],"more":0}"#)
    #expect(objections.contains("-1 is less than the minimum") && objections.contains("'more'"))
    #expect(try await JSONSchema(name: "dead.json").objections(to: "") != "")
  }
}
