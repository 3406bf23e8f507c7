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
}
