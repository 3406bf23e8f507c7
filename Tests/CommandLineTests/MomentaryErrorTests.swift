import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// Errors of the moment: services and tools wait, say so, and go on.
@Suite(.serialized) struct MomentaryErrorTests {
  @Test func `a server full of clients is waited for by services and tools`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let run = SmallRun.pendulum
    try await queue.begin(run, until: 0)
    let administrator = try RedisConnection(to: RedisURL(queue.url))
    try administrator.send(["CONFIG", "SET", "maxclients", "1"])
    for name in ["controller", "aggregator", "evaluator", "evaluator"] { _ = try queue.start(name) }
    let watch = try Tool(["watch", "a", "--redis", queue.url])
    for tool in queue.services + [watch] {
      let line = try await tool.errorLine(containing: "has as many clients as it takes")
      #expect(line.contains("trying again"))
    }
    // One request waits for a minute, not without end: it starts when the others have waited, and
    // nothing else of this process can come between its line and the end of its wait.
    let submit = try Tool(
      ["submit", run.environment, "--name", "b", "--redis", queue.url] + run.settings)
    let line = try submit.errorLineAtOnce(containing: "has as many clients as it takes")
    #expect(line.contains("trying again"))
    try administrator.send(["CONFIG", "SET", "maxclients", "1000"])
    #expect(try await submit.ending() == .exited(code: 0), "\(submit.errors)")
    #expect(try await watch.ending() == .exited(code: 0), "\(watch.errors)")
    #expect(try await queue.outcome() == SmallRun.reference())
  }

  @Test func `watch and experiment outlive a restart of the server`() async throws {
    let directory = try TestDirectory()
    let redis = "\(directory.path)/redis"
    let first = try PrivateRedisServer(in: redis)
    let url = "\(first.url)"
    try await Tool.output(["submit", "Pendulum-v1", "--name", "a", "--redis", url])
    let watch = try Tool(["watch", "a", "--redis", url])
    let experiment = try Tool([
      "experiment", "transfer", "--seeds", "1", "--scale", "0.001", "--output",
      "\(directory.path)/results", "--redis", url,
    ])
    _ = try await watch.errorLine(containing: "no evaluator is connected")
    try await eventually("runs of the experiment") {
      experiment.output.contains("in the queue") ? true : nil
    }
    first.stop()
    for tool in [watch, experiment] { _ = try await tool.errorLine(containing: "trying again") }
    let second = try PrivateRedisServer(in: redis)
    defer { second.stop() }
    for tool in [watch, experiment] { _ = try await tool.errorLine(containing: "connected again") }
    try await Tool.output(["cancel", "a", "--redis", url])
    #expect(try await watch.ending() == .exited(code: 65))
    #expect(watch.errors.contains("chromatic: a was cancelled"))
    experiment.send(signal: SIGINT)
    #expect(try await experiment.ending() == .exited(code: 130), "\(experiment.errors)")
  }

  @Test(arguments: [
    "LOADING Redis is loading the dataset in memory", "CLUSTERDOWN The cluster is down",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    "BUSY Redis is busy running a script.",
  ])
  func `a server that is not ready is waited for, until the tool is told to end`(
    error: String
  ) async throws {
    let server = try FakeServer.sound { $0[0] == "INFO" ? nil : "-\(error)\r\n" }
    for command in [["watch", "a"], ["experiment", "transfer"]] {
      let tool = try Tool(command + ["--redis", "\(server.url)"])
      _ = try await tool.errorLine(containing: "is not ready yet (\(error)); trying again")
      tool.send(signal: SIGTERM)
      #expect(try await tool.ending(within: 10) == .exited(code: 130), "\(tool.errors)")
    }
  }

  @Test func `users that are loaded anew do not end a service`() async throws {
    let server = try await GuardedServer(with: RoleStage.user)
    let administrator = try RedisURL(
      "unix://stagehand@\(server.directory.path)/redis.sock",
      environment: ["CHROMATIC_REDIS_PASSWORD": "any"])
    let service = try Tool(
      [], name: "chromatic-evaluator", environment: server.environment(as: .evaluator))
    // It has waited for this task, so it was served, and has looked at it.
    try RedisConnection(to: administrator).send(["RPUSH", "chromatic:{default}:tasks", "nonsense"])
    try await eventually("a malformed task that is listed as dead") {
      try RedisConnection(to: administrator).send(["LLEN", "chromatic:{default}:dead"])
        == .integer(1) ? true : nil
    }
    let file = "\(server.directory.path)/users/users.acl"
    let users = try String(contentsOfFile: file, encoding: .utf8)
    let others = users.split(separator: "\n").filter { !$0.contains("user evaluator") }
    try (others.joined(separator: "\n") + "\n")
      .write(toFile: file, atomically: false, encoding: .utf8)
    // It hangs up on whoever signed in, the administrator included.
    try RedisConnection(to: administrator).send(["ACL", "LOAD"])
    _ = try await service.errorLine(containing: "refuses user 'evaluator' with this password")
    try users.write(toFile: file, atomically: false, encoding: .utf8)
    try RedisConnection(to: administrator).send(["ACL", "LOAD"])
    _ = try await service.errorLine(containing: "connected again")
    service.send(signal: SIGTERM)
    #expect(try await service.ending() == .exited(code: 0), "\(service.errors)")
  }

  @Test func `watch ends with the reason of a run that failed`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.begin(until: 0)
    let store = try queue.openStore()
    try store.fail(
      try #require(store.runs().keys.first), of: nil, message: "its checkpoint is missing")
    let watch = try await queue.run("watch", "a")
    try await watch.expectComplaint("a failed: its checkpoint is missing", code: 65)
    #expect(watch.output.isEmpty)
  }
}
