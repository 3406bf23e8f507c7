import Foundation
import RedisQueue
import RunQueue
import Testing

/// A queue as a call of a role finds it, set up by a user that may do everything.
struct RoleStage: Sendable {
  /// The line of `users.acl` that adds that user.
  static let user = "user stagehand on nopass ~* &* +@all"

  /// The queue, without any rule.
  let store: RedisRunStore
  private let url: RedisURL

  /// The queue `default` of a server that has the user; a busy disk does not hold its calls up.
  init(on server: GuardedServer) throws {
    url = try RedisURL(
      "unix://stagehand@\(server.directory.path)/redis.sock",
      environment: ["CHROMATIC_REDIS_PASSWORD": "any"])
    store = try RedisRunStore(url: url, keys: #require(QueueKeys(queue: "default")))
    try RedisConnection(to: url).send(["CONFIG", "SET", "appendonly", "no"])
  }

  /// Removes all that calls left.
  func clear() throws { try RedisConnection(to: url).send(["FLUSHALL"]) }

  /// Appends a message that no service wrote.
  func push(_ message: String, onto list: String) throws {
    try RedisConnection(to: url).send(["RPUSH", list, message])
  }

  /// Adds an evaluator that has been silent since 1970.
  func addSilentEvaluator() throws {
    try RedisConnection(to: url).send(["HSET", store.keys.evaluators, "silent", "1 {}"])
  }

  /// Submits a run.
  func submit(_ name: String) throws { try store.submit(run(name), config: ["seed": "7"]) }

  /// Submits a run and publishes its first iteration, with something in every hash.
  func begin(_ name: String, tasks count: Int) throws {
    try submit(name)
    #expect(try store.publish(.marked(tasks: count), after: iteration("\(name) -1"), by: nil))
  }

  /// Takes the next task under a lease, which has ended if its `seconds` are 0.
  @discardableResult
  func take(lease seconds: Double = 30) throws -> TaskID {
    let task = try #require(try store.claim(by: "e", lease: seconds))
    usleep(3000)
    return task
  }

  /// Delivers a result for every pending task.
  func finish() throws {
    while let task = try store.claim(by: "e", lease: 30) {
      _ = try store.complete(task, result: "1")
    }
  }

  /// Delivers a failure for every pending task, on which two evaluators agree.
  func fail() throws {
    for evaluator in ["e1", "e2"] {
      while let task = try store.claim(by: evaluator, lease: 30),
        try store.complete(task, result: "failed x", by: evaluator) == .accepted
      {}
    }
  }

  /// Deletes a key.
  func delete(_ key: String) throws { try RedisConnection(to: url).send(["DEL", key]) }

  /// Loses the next task, which is given up.
  func lose() throws {
    try take(lease: 0)
    #expect(try store.reapExpiredLeases(attempts: 1).map(\.isDead) == [true])
  }

  /// Reduces the complete iteration at the head of the results.
  func reduce(_ message: String) throws {
    #expect(try store.commit(.marked, of: iteration(message), by: nil))
  }

  func run(_ name: String) throws -> RunID { try #require(RunID(name)) }

  func iteration(_ message: String) throws -> IterationID {
    try #require(IterationID(message: message))
  }

  func task(_ message: String) throws -> TaskID { try #require(TaskID(message: message)) }
}

extension Publication {
  /// A publication that writes every hash.
  static func marked(tasks count: Int) -> Publication {
    Publication(
      taskCount: count, weights: ["w": "0"], partitions: ["p": "0"], checkpoint: ["c": "0"])
  }
}

extension Reduction {
  /// A reduction that writes every hash and the history.
  static let marked = Reduction(
    weights: ["w": "1"], partitions: ["p": "1"], checkpoint: ["c": "1"], history: "{}")
}
