import Foundation
import RedisQueue
import ServerTestKit
import Testing

/// Queues whose server is found by asking another one: a cluster's node, a Sentinel's primary.
@Suite(.serialized) struct MovingServerTests {
  /// Services that know the queue by `url`.
  private func services(
    at url: String, _ names: [String] = ["controller", "aggregator", "evaluator", "evaluator"]
  ) throws -> [Tool] {
    try names.map { try Tool(["--redis", url], name: "chromatic-\($0)") }
  }

  /// Services with a run that is paused after its first iteration: evaluators come when it is.
  private func pausedRing(at url: String) async throws -> [Tool] {
    let ring = try services(at: url, ["controller", "aggregator"])
    try await begin(.longPendulum, at: url)
    try await eventually("tasks") {
      try await Tool.output(["status", "--redis", url]).contains("36 pending") ? true : nil
    }
    try await Tool.output(["pause", "a", "--redis", url])
    let evaluators = try services(at: url, ["evaluator", "evaluator"])
    try await reach(1, at: url)
    return ring + evaluators
  }

  /// Submits the run at `url`; comes back when it has begun.
  private func begin(_ run: SmallRun, at url: String) async throws {
    try await Tool.output(
      ["submit", run.environment, "--name", "a", "--redis", url] + run.settings)
  }

  private func reach(_ iteration: Int, at url: String) async throws {
    try await eventually("iteration \(iteration)") {
      let status = try await Tool.output(["status", "--redis", url])
      let done = status.firstMatch(of: /a  \w+  (\d+)\//).flatMap { Int($0.1) } ?? 0
      return done >= iteration ? true : nil
    }
  }

  /// The outcome of the run, followed from `url`.
  private func outcome(at url: String) async throws -> SmallRun.Outcome {
    try await Tool.output(["watch", "a", "--redis", url])
    let directory = try TestDirectory()
    try await Tool.output(
      ["fetch", "a", "--redis", url, "--output", "\(directory.path)/a"])
    return try SmallRun.Outcome(in: "\(directory.path)/a")
  }

  @Test func `in a cluster the queue is found from any node, also when its slot moves`()
    async throws
  {
    let cluster = try await RedisCluster()
    defer { withExtendedLifetime(cluster) {} }
    let url = "\(cluster.nodes[0].url)"
    let run = SmallRun.longPendulum
    let services = try services(at: url)
    defer { withExtendedLifetime(services) {} }
    try await begin(run, at: url)
    for service in services {
      let line = "the queue is on the cluster's node \(cluster.nodes[1].url)"
      _ = try await service.errorLine(containing: line)
      #expect(service.errors.ranges(of: line).count == 1, "said once")
    }
    try await reach(2, at: url)
    try cluster.moveSlot()
    for service in services {
      _ = try await service.errorLine(containing: "the cluster's node \(cluster.nodes[0].url)")
    }
    #expect(try await outcome(at: url) == run.trained())
  }

  @Test func `a replica that takes over is found though the URL's own node is gone`() async throws {
    let cluster = try await RedisCluster(nodes: 3)
    defer { withExtendedLifetime(cluster) {} }
    let url = "\(cluster.nodes[1].url)"
    let services = try await pausedRing(at: url)
    defer { withExtendedLifetime(services) {} }
    try await eventually("a replica that has everything") {
      try cluster.nodes[1].send("EXISTS", "chromatic:{default}:leases", "chromatic:{default}:tasks")
        == .integer(0) && cluster.nodes[2].text("INFO", "replication").contains("link_status:up")
        ? true : nil
    }
    let watch = try Tool(["watch", "a", "--redis", url])
    _ = try await watch.errorLine(containing: "iteration ")
    cluster.nodes[1].kill()
    try cluster.nodes[2].send("CLUSTER", "FAILOVER", "TAKEOVER")
    for service in services.prefix(2) {
      _ = try await service.errorLine(containing: "node \(cluster.nodes[2].url)", within: 30)
    }
    try await Tool.output(["resume", "a", "--redis", "\(cluster.nodes[2].url)"])
    #expect(try await watch.ending() == .exited(code: 0), "\(watch.errors)")
    #expect(
      try await outcome(at: "\(cluster.nodes[0].url)") == SmallRun.longPendulum.trained())
  }

  @Test func `a Sentinel is asked for the primary, before and after a failover`() async throws {
    let primary = try await PlainServer()
    let replica = try await PlainServer(["replicaof": "127.0.0.1 \(primary.port)"])
    let sentinel = try await PlainServer(sentinel: [
      "sentinel monitor ours 127.0.0.1 \(primary.port) 1",
      "sentinel down-after-milliseconds ours 2000", "sentinel failover-timeout ours 5000",
    ])
    defer { withExtendedLifetime((primary, replica, sentinel)) {} }
    let url = "redis+sentinel://127.0.0.1:1,127.0.0.1:\(sentinel.port)/ours"
    let services = try await pausedRing(at: url)
    defer { withExtendedLifetime(services) {} }
    try await eventually("a replica that has everything") {
      let state = try primary.text("INFO", "replication")
      return state.contains("state=online") ? true : nil
    }
    try await eventually("the end of the iteration") {
      try primary.send("EXISTS", "chromatic:{default}:leases", "chromatic:{default}:tasks")
        == .integer(0) ? true : nil
    }
    primary.kill()
    for service in services {
      _ = try await service.errorLine(containing: "the queue is on \(replica.url)", within: 60)
    }
    try await Tool.output(["resume", "a", "--redis", url])
    #expect(try await outcome(at: url) == SmallRun.longPendulum.trained())

    let mistaken = try await Tool.run(["status", "--redis", "redis://127.0.0.1:\(sentinel.port)"])
    try await mistaken.expectComplaint(
      "is a Sentinel, which knows where Redis is and holds no queue: give redis+sentinel://",
      code: 69)
    let nameless = try await Tool.run(
      ["status", "--redis", "redis+sentinel://127.0.0.1:\(sentinel.port)/theirs"])
    try await nameless.expectComplaint("knows no primary named 'theirs'", code: 69)
  }
}
