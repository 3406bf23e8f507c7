import RedisQueue

/// What each user of `ops/redis/make-users` is meant to be able to do, stated apart from its rules.
enum RoleRules {
  /// A key below `chromatic:{queue}:`.
  struct Key: Sendable, Hashable, CustomStringConvertible {
    let description: String
    let isList: Bool

    /// A command that changes it.
    func change(in queue: String = "default") -> [String] {
      isList ? ["RPUSH", name(in: queue), "x"] : ["HSET", name(in: queue), "x", "1"]
    }

    /// A command that reads it.
    func look(in queue: String = "default") -> [String] {
      isList ? ["LRANGE", name(in: queue), "0", "-1"] : ["HGETALL", name(in: queue)]
    }

    func name(in queue: String) -> String { "chromatic:{\(queue)}:\(description)" }
  }

  /// Every key of a queue.
  static let keys =
    ["tasks", "results", "updates", "dead", "run:a:history"].map {
      Key(description: $0, isList: true)
    }
    + [
      "leases", "evaluators", "drained", "runs", "forgotten", "leaders", "run:a:state",
      "run:a:config",
      "run:a:weights",
      "run:a:partitions", "run:a:checkpoint", "run:a:lost", "run:a:failures", "run:a:returns:0",
    ].map { Key(description: $0, isList: false) }

  /// The last parts of the names of keys that the role's work changes.
  static func changes(_ role: GuardedServer.Role) -> Set<String> {
    let run: Set = ["state", "weights", "partitions", "checkpoint", "lost", "0"]
    return switch role {
    case .controller: run.union(["tasks", "updates", "dead", "runs", "leaders"])
    case .aggregator:
      run.union([
        "tasks", "results", "updates", "dead", "leases", "evaluators", "drained", "runs", "leaders",
        "history", "failures",
      ])
    case .evaluator:
      ["tasks", "results", "dead", "leases", "evaluators", "drained", "failures", "0"]
    case .operator:
      run.union([
        "config", "history", "failures", "runs", "updates", "tasks", "dead", "results", "forgotten",
        "drained",
      ])
    case .viewer, .autoscaler, .exporter, .administrator, .replica, .sentinel: []
    }
  }

  /// The last parts of the names of keys that it only reads.
  static func looks(_ role: GuardedServer.Role) -> Set<String> {
    switch role {
    case .controller: ["results", "leases", "evaluators", "config"]
    case .aggregator: ["config"]
    case .evaluator: ["state", "config", "weights", "partitions", "checkpoint", "lost"]
    case .operator, .viewer, .administrator: Set(keys.map(\.part)).subtracting(changes(role))
    // By their lengths.
    case .autoscaler, .exporter, .replica, .sentinel: []
    }
  }

  /// The calls of other roles' protocols that its user could make: they need no key or command that
  /// its own calls do not need.
  static func reaches(_ role: GuardedServer.Role) -> Set<String> {
    switch role {
    case .controller:
      [
        "waitForTasks(timeout:)", "results(of:)", "results(_:of:)", "resultCount(of:)",
        "fail(_:of:message:)", "deadTasks()", "pause(_:)",
        "resume(_:)", "cancel(_:)",
      ]
    case .aggregator:
      [
        "waitForTasks(timeout:)", "claim(by:_:)", "deliver(_:by:next:)",
        "renew(_:by:lease:)", "release(_:by:)", "lastFailure(of:)",
        "heartbeat(_:status:)", "leave(_:)", "nextUpdate(timeout:)", "publish(_:after:by:)",
        "end(_:as:by:)", "overview()", "leader(of:)", "history(of:from:)",
        "deadTasks()", "snapshot(of:)", "pause(_:)", "resume(_:)", "cancel(_:)",
        "look(_:lines:)", "drain(_:undo:)",
      ]
    case .evaluator:
      [
        "nextResult(timeout:)", "results(of:)", "results(_:of:)", "resultCount(of:)",
        "issueBackups(of:after:)", "deadTasks()",
        "lastFailure(of:)", "drain(_:undo:)",
      ]
    case .operator:
      [
        "results(of:)", "results(_:of:)", "resultCount(of:)", "fail(_:of:message:)",
        "look(_:lines:)",
      ]
    case .viewer: ["results(of:)", "results(_:of:)", "resultCount(of:)"]
    case .autoscaler, .exporter, .administrator, .replica, .sentinel: []
    }
  }

  /// Commands that no role may give, whatever the key.
  static let forbidden = [
    "FLUSHALL", "FLUSHDB", "CONFIG GET *", "CONFIG SET dir /tmp", "CONFIG REWRITE", "KEYS *",
    "SCAN 0", "RANDOMKEY", "DBSIZE", "SHUTDOWN NOSAVE", "DEBUG SLEEP 0", "MONITOR", "ACL LIST",
    "ACL SETUSER evil on nopass ~* +@all", "ACL LOAD", "CLIENT LIST", "CLIENT KILL TYPE normal",
    "SAVE", "BGSAVE", "BGREWRITEAOF", "REPLICAOF 10.0.0.1 6379", "MODULE LOAD /tmp/evil.so",
    "SCRIPT FLUSH", "SCRIPT KILL", "FUNCTION FLUSH", "SUBSCRIBE a", "PUBLISH a b", "SWAPDB 0 1",
    "SELECT 1", "WAIT 1 1", "SLOWLOG GET", "LATENCY DOCTOR", "MEMORY DOCTOR", "CLUSTER INFO",
    "DUMP chromatic:{default}:tasks", "RENAME chromatic:{default}:tasks chromatic:{default}:dead",
    "EXPIRE chromatic:{default}:tasks 1", "UNLINK chromatic:{default}:tasks", "GET a", "SET a b",
    "MIGRATE 10.0.0.1 6379 chromatic:{default}:tasks 0 1",
  ].map { $0.split(separator: " ").map(String.init) }
}

extension RoleRules.Key {
  /// The last part of its name.
  var part: String { description.split(separator: ":").last.map(String.init) ?? "" }
}
