import RedisQueue

@testable import RunQueue

/// All that stands in a queue outside its runs' own hashes, as text; tests compare it as a whole.
struct QueueState: Equatable {
  var tasks: [String] = []
  var results: [String] = []
  var updates: [String] = []
  /// Task → evaluator and attempt, without the expiry.
  var leases: [String: String] = [:]
  var dead: [String] = []
  var runs: [String: String] = [:]
}

extension QueueState {
  /// The state of an in-memory store.
  init(of store: InMemoryRunStore) throws {
    self = try store.withQueue { queue in
      QueueState(
        tasks: queue.tasks.map(\.description), results: queue.results.map(\.description),
        updates: queue.updates.map(\.description),
        leases: Dictionary(
          uniqueKeysWithValues: queue.leases.map {
            ("\($0.key)", "\($0.value.evaluator) \($0.value.attempt)")
          }),
        dead: queue.dead,
        runs: Dictionary(
          uniqueKeysWithValues: queue.runs.map { ($0.key.name, $0.value.phase.rawValue) }))
    }
  }

  /// The state of a queue on a server, read with plain commands.
  init(of keys: QueueKeys, on connection: RedisConnection) throws {
    let list = { key in try connection.send(["LRANGE", key, "0", "-1"]).strings() }
    let leases = try connection.send(["HGETALL", keys.leases]).pairs()
    self.init(
      tasks: try list(keys.tasks), results: try list(keys.results),
      updates: try list(keys.updates),
      leases: leases.mapValues { lease in
        let parts = lease.split(separator: " ")
        return "\(parts[0]) \(parts[2])"
      },
      dead: try list(keys.dead), runs: try connection.send(["HGETALL", keys.runs]).pairs())
  }
}

extension RedisReply {
  func strings() -> [String] {
    guard case .array(let elements) = self else { return [] }
    return elements.map { element in
      switch element {
      case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
      default: "\(element)"
      }
    }
  }

  func pairs() -> [String: String] {
    let strings = strings()
    return Dictionary(
      uniqueKeysWithValues: stride(from: 0, to: strings.count, by: 2).map {
        (strings[$0], strings[$0 + 1])
      })
  }
}
