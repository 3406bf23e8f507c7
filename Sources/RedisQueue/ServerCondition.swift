import RunQueue

/// What a server's settings and state mean for runs that are to be kept.
public struct ServerCondition: Sendable, Hashable {
  /// What puts runs at risk, each in a line with what to do.
  public let concerns: [String]

  /// The condition of the server at `url`, by its answer to INFO.
  init(_ info: ServerInfo, of url: RedisURL) {
    concerns = [
      Self.eviction(info), Self.evicted(info), Self.memory(info), Self.persistence(info),
      Self.replay(info),
      Self.replica(info),
    ].compactMap { $0 }.map { "\(url): \($0)" }
  }

  /// The condition of a server that does not tell it to this user.
  init(untold url: RedisURL) {
    concerns = [
      "\(url): eviction and persistence are not checked, since user '\(url.user ?? "default")' may not "
        + "ask INFO: allow +info"
    ]
  }

  /// Keys of runs never expire, so that `volatile` policies find none of them.
  private static func eviction(_ info: ServerInfo) -> String? {
    guard let policy = info["maxmemory_policy"] else {
      return "its eviction policy is not checked, since it does not tell it"
    }
    guard policy.hasPrefix("allkeys") else { return nil }
    return
      "maxmemory-policy is \(policy), which removes runs, finished ones too, when memory is full: "
      + "set it to noeviction"
  }

  private static func evicted(_ info: ServerInfo) -> String? {
    guard let count = info.number("evicted_keys"), count > 0,
      info["maxmemory_policy"]?.hasPrefix("volatile") != true
    else { return nil }
    return "\(count) keys were evicted since it started: runs may be damaged, see 'chromatic runs'"
  }

  private static func memory(_ info: ServerInfo) -> String? {
    guard let limit = info.number("maxmemory"), limit > 0, let used = info.number("used_memory"),
      Double(used) > QueueLimits().memoryShare * Double(limit)
    else { return nil }
    return
      "\(100 * used / limit) % of its maxmemory are in use: raise it, or 'chromatic forget' runs "
      + "that are over"
  }

  private static func persistence(_ info: ServerInfo) -> String? {
    if info["aof_last_write_status"] == "err" {
      return "its last write to the append-only file failed: is the disk full?"
    }
    if info["rdb_last_bgsave_status"] == "err" {
      return "its last snapshot failed: is the disk full?"
    }
    guard info["aof_enabled"] == "0" else { return nil }
    return "appendonly is off, so that a restart loses what is newer than its last snapshot, or "
      + "everything: set it to yes"
  }

  /// It replays its file as the user `default`.
  private static func replay(_ info: ServerInfo) -> String? {
    let count = info.refusedOfFile
    guard count > 0 else { return nil }
    return
      "\(count) transactions of its own append-only file were refused when it started, so that runs are "
      + "missing: let the user default do everything ('user default off ~* &* +@all') and start it anew "
      + "on a copy of the file"
  }

  private static func replica(_ info: ServerInfo) -> String? {
    guard info["role"] == "slave" else { return nil }
    let primary = "\(info["master_host"] ?? "?"):\(info["master_port"] ?? "?")"
    return "it is a replica of \(primary), which takes no runs: give the primary's URL"
  }
}

extension RedisRunStore {
  /// What the server's settings mean for runs; a user who may not ask is told so.
  public func condition() throws(StoreError) -> ServerCondition {
    do {
      var text = try send(["INFO"]).text(at: "INFO")
      if ServerInfo(text).tellsOfRefusals {
        text += "\n" + (try send(["INFO", "commandstats"]).text(at: "INFO"))
      }
      return ServerCondition(ServerInfo(text), of: url)
    } catch {
      guard case .refused = error else { throw error }
      return ServerCondition(untold: url)
    }
  }
}
