import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// `submit`, `status` and `doctor` warn of a server that may lose runs.
@Suite struct ServerConditionCommandTests {
  @Test func `an eviction policy that removes runs is said by all three`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    #expect(try !(await queue.output("submit", "Pendulum-v1", "--name", "a")).contains("warning"))
    try queue.send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    let line =
      "\(queue.url): maxmemory-policy is allkeys-lru, which removes runs, finished ones too"
    #expect(
      try await queue.output("submit", "Pendulum-v1", "--name", "b").contains("warning: \(line)"))
    #expect(try await queue.output("status").contains("warning: \(line)"))
    #expect(try await queue.run("doctor").output.contains("warning  queue: \(line)"))
  }

  @Test func `users of make-users may ask all of it`() async throws {
    let server = try await GuardedServer()
    let submitted = try await server.output(
      ["submit", "Pendulum-v1", "--name", "a"], as: .operator)
    #expect(!submitted.contains("warning"))
    let status = try await server.output(["status"], as: .viewer)
    #expect(!status.contains("not checked") && !status.contains("appendonly"))
  }

  @Test func `a user without the right submits and is told what is not checked`() async throws {
    let server = try await GuardedServer(
      with: "user shy on nopass ~* &* +@all -info +info|server")
    let environment = [
      "CHROMATIC_REDIS": "unix://shy@\(server.directory.path)/redis.sock",
      "CHROMATIC_REDIS_PASSWORD": "any",
    ]
    for command in [["submit", "Pendulum-v1", "--name", "a"], ["status"]] {
      #expect(
        try await Tool.output(command, environment: environment)
          .contains("eviction and persistence are not checked, since user 'shy' may not ask INFO"))
    }
  }
}
