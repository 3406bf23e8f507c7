import RedisQueue
import RunPlan
import RunQueue
import ServerTestKit
import Testing

/// `status` and `runs` over a slow link take a few round trips, however many runs there are.
@Suite struct ManyRunsTests {
  /// A queue of `count` runs; all but the first have its configuration.
  private func queue(of count: Int) async throws -> QueueUnderTest {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.output("submit", "Pendulum-v1", "--name", "run0")
    let keys = try #require(QueueKeys(queue: "default"))
    let store = try RedisRunStore(
      url: RedisURL(queue.url), keys: keys, limits: QueueLimits(runsInProgress: 1000))
    let config = try store.fields(.config, of: #require(RunID("run0")))
    for number in 1..<count { try store.submit(#require(RunID("run\(number)")), config: config) }
    return queue
  }

  @Test(arguments: ["status", "runs"])
  func `five hundred runs take hardly more round trips than five`(
    command: String
  ) async throws {
    var requests: [Int] = []
    for count in [5, 500] {
      let queue = try await queue(of: count)
      let link = try FaultyLink(to: RedisURL(queue.url))
      link.slow(by: 0.005)
      let output = try await Tool.output([command, "--redis", "\(link.url)"])
      #expect(output.split(separator: "\n").count { $0.contains("submitted") } == count)
      requests.append(link.requests)
    }
    // Commands of a thousand runs do not fit into one block of 64 KiB.
    #expect(requests[1] <= requests[0] + 4, "\(requests)")
    #expect(requests[0] < 16)
  }

  @Test func `submit reads what all other runs may hold in a few round trips`() async throws {
    let queue = try await queue(of: 90)
    try queue.send("CONFIG", "SET", "maxmemory", "8gb")
    let link = try FaultyLink(to: RedisURL(queue.url))
    try await Tool.output(
      ["submit", "Pendulum-v1", "--name", "last", "--redis", "\(link.url)"])
    #expect(link.requests < 20, "\(link.requests)")
  }
}
