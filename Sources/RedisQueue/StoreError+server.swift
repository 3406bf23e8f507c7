import RunQueue

extension StoreError {
  /// What a server's error line means for a caller.
  ///
  /// - Parameters:
  ///   - line: the error as the server sent it, code first.
  ///   - server: the server's URL without password.
  ///   - key: the key or keys of the command.
  init(serverLine line: String, server: RedisURL, key: String) {
    guard let code = ServerErrorCode(rawValue: String(line.prefix { $0 != " " })) else {
      self = Self.withoutCode(line, server, key)
      return
    }
    switch code {
    case .loading, .busy, .unblocked, .masterDown, .clusterDown, .tryAgain:
      self = .notReady("\(server) is not ready yet (\(line))")
    case .moved, .ask:
      self = .notReady("\(server) hands the queue's keys over to another node (\(line))")
    case .outOfMemory:
      self = .cannotWrite(
        "\(server) has reached its maxmemory: free some with 'chromatic cancel' or raise the limit")
    case .misconfigured:
      self = .cannotWrite(Self.cannotPersist(line, server))
    case .readOnly:
      self = .cannotWrite("\(server) is a read-only replica: give the URL of the primary")
    case .noReplicas:
      self = .cannotWrite("\(server) has too few replicas to accept writes (\(line))")
    case .noAuthentication:
      self = .refused(
        "\(server) asks for a password: set CHROMATIC_REDIS_PASSWORD or write it in the URL")
    case .wrongPassword:
      self = .refused(
        "\(server) refuses user '\(server.user ?? "default")' with this password: "
          + "check CHROMATIC_REDIS_PASSWORD or the URL")
    case .noPermission: self = Self.notAllowed(line, server)
    case .denied:
      self = .refused(
        "\(server) takes no clients from other machines (protected mode): give it users, see "
          + "docs/security.md")
    case .wrongType:
      self = .damaged(key: key, reason: "it holds another type of value than this version writes")
    }
  }

  private static func withoutCode(_ line: String, _ server: RedisURL, _ key: String) -> StoreError {
    if line.contains("max number of clients") {
      return .notReady("\(server) has as many clients as it takes: raise its maxclients (\(line))")
    }
    // A script that finds a key gone whose slot is being moved.
    if line.contains("attempted to access a non local key") {
      return .notReady("\(server) hands the queue's keys over to another node (\(line))")
    }
    if ServerErrorCode.isMomentary(line) {
      return .notReady("\(server) is not ready yet (\(line))")
    }
    if line.contains("without any password configured") {
      return .refused("\(server) has no password, yet one was given: leave it out")
    }
    if isDeniedInScript(line) { return notAllowed(line, server) }
    if key == "SELECT" {
      return .incompatible(
        "\(server) has no database \(server.database) (\(line)): give another one")
    }
    return .incompatible(
      "\(server) answered '\(line)' for \(key), which this version does not know")
  }

  private static func notAllowed(_ line: String, _ server: RedisURL) -> StoreError {
    .refused(
      "\(server) does not allow user '\(server.user ?? "default")' to do this (\(line)): "
        + "mend the user's ACL rules")
  }

  /// Whether the user's rules stopped a script midway: Redis 6.2 and 7.0 say it one way, 7.2 another.
  private static func isDeniedInScript(_ line: String) -> Bool {
    line.contains("The user executing the script can't") || line.contains("ACL failure in script")
  }

  private static func cannotPersist(_ line: String, _ server: RedisURL) -> String {
    line.contains("AOF")
      ? "\(server) cannot write its append-only file: disk full? "
        + "Free space where Redis keeps its data, it then goes on by itself (\(line))"
      : "\(server) cannot write its snapshot: disk full? Free space where Redis keeps its data "
        + "(\(line))"
  }
}
