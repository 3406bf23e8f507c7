import RedisQueue
import RunQueue
import Testing

/// One damaged run among others: `status` and `runs` name it and show the others, `forget` removes it.
@Suite struct DamagedRunCommandTests {
  @Test(arguments: ["config", "state", "checkpoint"])
  func `a damaged run hides no other and can be removed`(hash: String) async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    for name in ["a", "b"] {
      try await queue.output(
        "submit", "Pendulum-v1", "--name", name, settings: SmallRun.pendulum.settings)
    }
    try await queue.output("cancel", "a")
    let connection = try RedisConnection(to: queue.openStore().url)
    let key = "chromatic:{default}:run:a:\(hash)"
    if hash == "checkpoint" {
      try connection.send(["HSET", key, "finalist:0", "{"])
    } else {
      try connection.send(["DEL", key])
    }
    let runs = try await queue.output("runs")
    #expect(runs.contains("a  damaged: ") && runs.contains("Pendulum-v1"))
    let status = try await queue.output("status")
    #expect(status.contains("b  submitted  0/6"))
    #expect(hash == "checkpoint" || status.contains("a  damaged: "))
    try await queue.output("forget", "a")
    #expect(try !(await queue.output("runs")).contains("damaged"))
  }

  @Test(arguments: ["returns:0", "failures", "lost"])
  func `a run of which results, failures or losses are no hash ends and says so`(key: String)
    async throws
  {
    let queue = try QueueUnderTest(aggregators: 0, evaluators: 0)
    for name in ["a", "b"] {
      try await queue.output(
        "submit", "Pendulum-v1", "--name", name, settings: SmallRun.pendulum.settings)
    }
    try await eventually("tasks of both") {
      try ["a", "b"].allSatisfy { try queue.phase(of: $0) == "running" } ? true : nil
    }
    try queue.send("SET", "chromatic:{default}:run:a:\(key)", "x")
    for name in ["aggregator", "evaluator"] { _ = try queue.start(name) }
    let watch = try await queue.run("watch", "a")
    try await watch.expectComplaint("run:a:\(key)", code: 65)
    #expect(try queue.phase(of: "a") == "failed")
    try await queue.output("watch", "b")
    let fetched = "\(queue.directory.path)/b"
    try await queue.output("fetch", "b", "--output", fetched)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
    try await queue.output("forget", "a")
    #expect(try !(await queue.output("runs")).contains("damaged"))
  }

  /// What may be wrong with a run that waits for its turn.
  static let damages = [
    (["SET", "run:a:state", "x"], "run:a:state, it holds a string"),
    (["HSET", "run:a:state", "phase", "dancing"], "the state of run a is damaged"),
    (["HDEL", "run:a:state", "iteration"], "the state of run a is damaged"),
    (["HSET", "runs", "a", "dancing"], "runs, 'a' stands as 'dancing', which is no phase"),
    (["SET", "run:a:config", "x"], "run:a:config, it holds a string"),
    (["SET", "run:a:weights", "x"], ""),
  ]

  @Test(arguments: damages)
  func `a run damaged while others are at work is named, holds none up and can be removed`(
    damage: [String], said: String
  ) async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    for name in ["a", "b"] {
      try await queue.output(
        "submit", "Pendulum-v1", "--name", name, settings: SmallRun.pendulum.settings)
    }
    try await eventually("tasks of both") {
      try ["a", "b"].allSatisfy { try queue.phase(of: $0) == "running" } ? true : nil
    }
    let key = "chromatic:{default}:\(damage[1])"
    try RedisConnection(to: queue.openStore().url).send([damage[0], key] + damage.dropFirst(2))
    for command in ["status", "runs"] where !said.isEmpty {
      let output = try await queue.output(command)
      #expect(output.contains("a  damaged: ") && output.contains(said), "\(output)")
      #expect(output.contains("b  "), "\(output)")
    }
    for _ in 0..<2 { _ = try queue.start("evaluator") }
    try await queue.output("watch", "b")
    let fetched = "\(queue.directory.path)/b"
    try await queue.output("fetch", "b", "--output", fetched)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
    for service in queue.services {
      #expect(ProcessTable.isAlive(service.identifier), "\(service.errors)")
    }
    // Of a run whose state is sound one has to say that it is to end.
    if try await queue.run("forget", "a").ending() != .exited(code: 0) {
      if try queue.phase(of: "a") == "running" { try await queue.output("cancel", "a") }
      try await queue.output("forget", "a")
    }
    #expect(try !(await queue.output("runs")).contains("damaged"))
  }
}
