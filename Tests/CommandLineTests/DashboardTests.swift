import Foundation
import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// The dashboard as people start it, as a Redis user who may only read.
@Suite struct DashboardTests {
  private let pendulum = SmallRun.pendulum

  /// A queue with a finished run `a` and a paused run `b`.
  private func queue() async throws -> (GuardedServer, services: [Tool]) {
    let server = try await GuardedServer()
    for name in ["b", "a"] {
      try await server.output(
        ["submit", "Pendulum-v1", "--name", name] + pendulum.settings, as: .operator)
      if name == "b" { try await server.output(["pause", "b"], as: .operator) }
    }
    let roles: [GuardedServer.Role] = [.controller, .aggregator, .evaluator]
    let services = try roles.map {
      try Tool([], name: "chromatic-\($0)", environment: server.environment(as: $0))
    }
    try await server.output(["watch", "a"], as: .viewer)
    return (server, services)
  }

  private static let routes: [(path: String, type: String)] = [
    ("", "text/html; charset=utf-8"), ("main.js", "text/javascript; charset=utf-8"),
    ("style.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml; charset=utf-8"),
    ("library/dygraph.min.js", "text/javascript"), ("health", "text/plain; charset=utf-8"),
    ("metrics", "text/plain; version=0.0.4; charset=utf-8"), ("api/queue", "application/json"),
    ("api/runs", "application/json"), ("api/runs/a", "application/json"),
    ("api/dead", "application/json"), ("api/runs/a/policy.json", "application/json"),
    ("api/runs/a/history.jsonl", "application/jsonl"),
    ("api/runs/a/history.csv", "text/csv; charset=utf-8"),
    ("api/runs/a/partition.svg", "image/svg+xml"),
    ("api/runs/a/learning-curve.svg", "image/svg+xml"),
  ]

  @Test func `a viewer's dashboard answers every address, and what is fetched is the run's`()
    async throws
  {
    let (server, services) = try await queue()
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    try await dashboard.json("api/runs/a", once: "all history is read") {
      ($0["curve"] as? [String: Any])?["complete"] as? Bool == true
    }
    for (path, type) in Self.routes {
      let answer = try await dashboard.ask(path)
      #expect(answer.status == 200 && answer.headers["content-type"] == type, "\(path)")
      #expect(answer.headers["x-content-type-options"] == "nosniff", "\(path)")
      #expect(answer.headers["x-frame-options"] == "DENY", "\(path)")
      let policy = answer.headers["content-security-policy"] ?? ""
      #expect(policy.contains("default-src 'none'; script-src 'self';"), "\(path)")
      #expect(try await dashboard.ask(path, "HEAD").body.isEmpty, "\(path)")
    }
    let fetched = "\(server.directory.path)/fetched"
    try await server.output(["fetch", "a", "--output", fetched], as: .viewer)
    for file in ["policy.json", "history.jsonl", "partition.svg", "learning-curve.svg"] {
      let own = try await dashboard.ask("api/runs/a/\(file)").body
      #expect(FileManager.default.contents(atPath: "\(fetched)/\(file)") == own, "\(file)")
    }
    let phases = try await dashboard.ask("metrics").text
    #expect(phases.contains(#"chromatic_runs{phase="paused",queue="default"} 1"#))
    #expect(services.allSatisfy { ProcessTable.isAlive($0.identifier) })
  }

  @Test func `an episode of the best policy is filmed, or it is said why not`() async throws {
    let queue = try QueueUnderTest()
    let short = ["--iterations", "2", "--perturbations", "4", "--horizon", "30", "--seed", "1"]
    for (name, environment) in [("pole", "InvertedPendulum-v5"), ("plain", "Pendulum-v1")] {
      try await queue.output("submit", environment, "--name", name, settings: short)
      try await queue.output("watch", name)
    }
    let dashboard = try await DashboardServer(["CHROMATIC_REDIS": queue.url])
    for name in ["pole", "plain"] {
      try await dashboard.json("api/runs/\(name)", once: "a policy that can be filmed") {
        $0["policy"] != nil && $0["film"] as? Bool == true
      }
    }
    // Both at once: one film is made after the other.
    async let film = dashboard.ask("api/runs/pole/episode.gif")
    async let none = dashboard.ask("api/runs/plain/episode.gif")
    let (pole, plain) = try await (film, none)
    #expect(pole.status == 200 && pole.headers["content-type"] == "image/gif", "\(pole.text)")
    #expect(pole.body.prefix(6) == Data("GIF89a".utf8) && pole.body.count < 2_000_000)
    #expect(plain.status == 404 && plain.text.contains("Pendulum-v1, which has no model to draw"))
    #expect(try await dashboard.ask("api/runs/pole/episode.gif").body == pole.body)
    #expect(try await dashboard.ask("api/runs/none/episode.gif").status == 404)
  }

  @Test func `nothing but reading is answered, whatever the address`() async throws {
    let server = try await GuardedServer()
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
      for path in ["", "api/queue", "api/runs/a", "metrics", "none"] {
        let answer = try await dashboard.ask(path, method)
        #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD", "\(method) \(path)")
      }
    }
    for path in ["none", "api/runs/none", "api/runs/none/policy.json", "api/runs/%00", "..%2Fetc"] {
      #expect(try await dashboard.ask(path).status == 404, "\(path)")
    }
  }

  @Test func `damaged runs are shown with their problem and hide no other`() async throws {
    let (server, _) = try await queue()
    let store = try server.connection(as: .operator)
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    func phases(_ rows: [String: Any]) -> [String] {
      (rows["runs"] as? [[String: Any]])?.map { "\($0["name"] ?? "") \($0["phase"] ?? "")" } ?? []
    }
    try await dashboard.json("api/runs", once: "both runs") {
      phases($0) == ["a finished", "b paused"]
    }
    for command in [
      ["HDEL", "chromatic:{default}:run:b:config", "seed"],
      ["HSET", "chromatic:{default}:runs", "no run", "running"],
      ["HSET", "chromatic:{default}:run:a:checkpoint", "policy", "{"],
      ["RPUSH", "chromatic:{default}:run:a:history", "{"],
    ] { try store.send(command) }
    try await dashboard.json("api/runs", once: "the damage") {
      phases($0) == ["a finished", "b damaged", "no run damaged"]
    }
    let problems = try await dashboard.json("api/runs", once: "problems") {
      (($0["runs"] as? [[String: Any]])?.first?["problem"] as? String)?.contains("policy") == true
    }
    #expect("\(problems)".contains("seed"))
    #expect(try await dashboard.ask("api/runs/a/policy.json").status == 404)
    #expect(try await dashboard.ask("api/runs/b/history.csv").status == 200)
    #expect(
      try await dashboard.ask("metrics").text.contains(
        "chromatic_runs_damaged{queue=\"default\"} 2"))
    #expect(ProcessTable.isAlive(dashboard.tool.identifier))
  }

  @Test func `Redis that is away is said, and the page goes on by itself`() async throws {
    let server = try await GuardedServer()
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    try await dashboard.json("api/queue", once: "up") { $0["state"] as? String == "up" }
    server.stop()
    let down = try await dashboard.json("api/queue", once: "down") {
      $0["state"] as? String == "down"
    }
    #expect((down["problem"] as? String)?.contains("redis.sock") == true)
    #expect(down["counts"] != nil && down["time"] != nil)
    #expect(
      try await dashboard.ask("metrics").text.hasSuffix("chromatic_redis_up{queue=\"default\"} 0\n")
    )
    #expect(try await dashboard.ask("health").status == 200)
    #expect(try await dashboard.ask("api/dead").status == 503)
    try await server.restart()
    try await dashboard.json("api/queue", once: "up again") { $0["state"] as? String == "up" }
    #expect(try await dashboard.ask("api/dead").status == 200)
  }

  @Test func `promtool accepts the metrics of a ring at work`() async throws {
    let (server, _) = try await queue()
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    try await eventually("all series") {
      try await dashboard.ask("metrics").text.contains("chromatic_run_failures_total{") ? true : nil
    }
    let file = "\(server.directory.path)/metrics"
    try await dashboard.ask("metrics").body.write(to: URL(fileURLWithPath: file))
    let check = Process()
    let pipe = Pipe()
    check.executableURL = URL(fileURLWithPath: "/bin/sh")
    check.arguments = ["-c", "promtool check metrics <\"$1\"", "sh", file]
    (check.standardOutput, check.standardError) = (pipe, pipe)
    try check.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    check.waitUntilExit()
    #expect(
      check.terminationStatus == 0 && said.isEmpty, "\(String(decoding: said, as: UTF8.self))")
  }

  @Test func `mistakes end in one line that says what to do`() async throws {
    let server = try await GuardedServer()
    let environment = server.environment(as: .viewer)
    let first = try await DashboardServer(environment)
    let port = try #require(first.page.firstMatch(of: /:(\d+)\//)?.1)
    for (options, variables, text, code) in [
      (["--port", "\(port)"], [:], "choose another --host or --port", 69),
      (["--port", "0", "--host", "nope.invalid"], [:], "cannot listen on nope.invalid", 69),
      (["--port", "70000"], [:], "a port from 0 to 65535", 64),
      (["--interval", "0"], [:], "1 to 60 seconds", 64),
      (["--port", "0"], ["CHROMATIC_WEB": "/nowhere"], "ops/bootstrap --web", 69),
    ] as [([String], [String: String], String, Int32)] {
      let tool = try await Tool.run(
        options, name: "chromatic-dashboard",
        environment: environment.merging(variables) { $1 })
      try await tool.expectComplaint(text, code: code)
    }
  }
}
