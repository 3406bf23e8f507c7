import Foundation
import RedisQueue
import RingTestKit

@testable import RunQueue

/// The stores that every conformance test runs against.
enum StoreKind: CaseIterable, Sendable {
  case memory, redis

  func make(limits: QueueLimits = QueueLimits()) throws -> any StoreUnderTest {
    switch self {
    case .memory: MemoryUnderTest(limits: limits)
    case .redis: try RedisUnderTest(limits: limits)
    }
  }
}

/// A store whose contents and time a test can reach.
protocol StoreUnderTest: Sendable {
  var store: any RunStore { get }
  func state() throws -> QueueState
  /// Lets `seconds` go by for leases and heartbeats.
  func pass(seconds: Double) throws
  /// Removes all that the queue holds, as FLUSHALL does.
  func flush() throws
  /// Deletes one key, that of run a's iteration 0 where it is one of a run.
  func delete(_ key: VanishingKey) throws
}

final class MemoryUnderTest: StoreUnderTest {
  private let clock = VirtualClock()
  private let memory: InMemoryRunStore

  init(limits: QueueLimits = QueueLimits()) {
    memory = InMemoryRunStore(limits: limits) { [clock] in clock.now }
  }

  var store: any RunStore { memory }
  func state() throws -> QueueState { try QueueState(of: memory) }
  func pass(seconds: Double) throws { clock.advance(seconds) }
  func flush() throws { try memory.flush() }
  func delete(_ key: VanishingKey) throws { try memory.delete(key, of: run("a")) }
}

/// Time on the server goes by itself; passing more of it means setting every time stamp back.
final class RedisUnderTest: StoreUnderTest {
  let redis: RedisRunStore
  let connection: RedisConnection

  init(limits: QueueLimits = QueueLimits()) throws {
    let url = try SharedServer.server().url
    redis = try RedisRunStore(url: url, keys: SharedServer.freshQueue(), limits: limits)
    connection = try RedisConnection(to: url)
  }

  var keys: QueueKeys { redis.keys }
  var store: any RunStore { redis }
  func state() throws -> QueueState { try QueueState(of: keys, on: connection) }

  func flush() throws {
    let keys = try connection.send(["KEYS", "chromatic:{\(keys.queue)}:*"]).strings()
    try connection.send(["DEL"] + keys)
  }

  func delete(_ key: VanishingKey) throws {
    let name =
      switch key {
      case .tasks: keys.tasks
      case .leases: keys.leases
      case .results: keys.results
      case .updates: keys.updates
      case .returns: keys.returns(of: try iteration("a 0"))
      }
    try connection.send(["DEL", name])
  }

  func pass(seconds: Double) throws {
    for (task, lease) in try connection.send(["HGETALL", keys.leases]).pairs() {
      let parts = lease.split(separator: " ")
      let expiry = (Double(parts[1]) ?? 0) - seconds
      let since = (Double(parts[3]) ?? 0) - seconds
      try connection.send([
        "HSET", keys.leases, task, "\(parts[0]) \(expiry) \(parts[2]) \(since)",
      ])
    }
    for (role, lead) in try connection.send(["HGETALL", keys.leaders]).pairs() {
      let parts = lead.split(separator: " ")
      let expiry = (Double(parts[1]) ?? 0) - seconds
      try connection.send(["HSET", keys.leaders, role, "\(parts[0]) \(expiry)"])
    }
    for (name, heartbeat) in try connection.send(["HGETALL", keys.evaluators]).pairs() {
      let parts = heartbeat.split(separator: " ", maxSplits: 1)
      let seen = (Double(parts[0]) ?? 0) - seconds
      try connection.send(["HSET", keys.evaluators, name, "\(seen) \(parts[1])"])
    }
  }
}
