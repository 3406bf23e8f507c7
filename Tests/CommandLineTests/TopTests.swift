import Foundation
import LocalRing
import ServerTestKit
import Testing

/// `chromatic top` and `chromatic queues`.
@Suite struct TopTests {
  @Test func `rates and paces come with the looks, in text and in JSON`() async throws {
    let queue = try QueueUnderTest()
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", "--iterations", "100000", "--horizon", "200",
      "--seed", "7")
    let lines = try await eventually("rates") {
      let lines = try await queue.output("top", "--json", "--looks", "3", "--interval", "1.5")
      return lines.contains("evaluationsPerSecond") ? lines : nil
    }
    #expect(lines.split(separator: "\n").count == 3)
    #expect(try await JSONSchema(name: "status.json").objections(to: lines) == "", "\(lines)")
    let row = #/\n[^ ]+ +1 +([01]) +([\d.k ]+) +([\d.kM ]+) /#
    try await eventually("a heartbeat between two looks") {
      let text = try await queue.output("top", "--looks", "2", "--interval", "2.5")
      return text.contains(row) && text.contains("a    running") ? true : nil
    }
  }

  @Test func `on a terminal the block is redrawn and the cursor comes back`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 1)
    let log = "\(queue.directory.path)/terminal"
    let command = "\(Tool.products)/chromatic top --looks 2 --interval 0.5 --redis \(queue.url)"
    let script = try ServiceProcess(
      "script", arguments: ["-qec", command, "/dev/null"], log: log, executablesIn: "/usr/bin")
    #expect(try await eventually("its end") { script.ending } == .exited(code: 0))
    let shown = try String(contentsOfFile: log, encoding: .utf8)
    #expect(shown.hasPrefix("\u{1B}[?25l") && shown.hasSuffix("\u{1B}[?25h"), "\(shown)")
    #expect(shown.contains("A\u{1B}[J") && shown.contains("no controller"), "\(shown)")
  }

  @Test func `settings beyond their limits are refused`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.run("top", "--interval", "0.1").expectComplaint("--interval is 0.1", code: 64)
    try await queue.run("top", "--looks", "0").expectComplaint("--looks is 0", code: 64)
  }

  @Test func `queues are those of which there is a key, and a damaged one hides no other`()
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    #expect(try await queue.output("queues").contains("default") == false)
    _ = try queue.start("evaluator")
    try await eventually("its heartbeat") {
      try queue.exists("chromatic:{default}:evaluators") ? true : nil
    }
    for name in ["one", "two.b"] {
      try await queue.output("submit", "Pendulum-v1", "--name", "a", "--queue", name)
    }
    try queue.send("SET", "chromatic:{bad}:runs", "x")
    try queue.send("SET", "chromatic:{no good}:runs", "x")
    try queue.send("SET", "other", "x")
    let text = try await queue.output("queues")
    let rows = text.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").first ?? "" }
    #expect(rows == ["default", "one", "two.b", "bad"], "\(text)")
    let json = try await queue.output("queues", "--json")
    #expect(try await JSONSchema(name: "queues.json").objections(to: json) == "", "\(json)")
    #expect(json.contains(#""complete":true"#))
  }

  @Test func `who may not list keys sees the queue that he names`() async throws {
    let server = try await GuardedServer()
    try await server.output(["submit", "Pendulum-v1", "--name", "a"], as: .operator)
    let text = try await server.output(["queues"], as: .viewer)
    #expect(text.contains("may not list keys") && text.contains("default"), "\(text)")
    let json = try await server.output(["queues", "--json"], as: .viewer)
    #expect(json.contains(#""complete":false"#) && json.contains(#""going":1"#))
  }

  @Test func `queues of all nodes of a cluster are listed`() async throws {
    let cluster = try await RedisCluster()
    defer { withExtendedLifetime(cluster) {} }
    let url = "\(cluster.nodes[0].url)"
    for name in ["a", "b", "default"] {
      try await Tool.output(
        ["submit", "Pendulum-v1", "--name", "r", "--queue", name, "--redis", url])
    }
    let text = try await Tool.output(["queues", "--redis", url])
    for name in ["a", "b", "default"] { #expect(text.contains("\n  \(name) "), "\(text)") }
  }
}
