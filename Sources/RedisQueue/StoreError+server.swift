import RunQueue

extension StoreError {
  /// What a server's error line means for a caller.
  ///
  /// - Parameters:
  ///   - line: the error as the server sent it, code first.
  ///   - server: the server's URL without password.
  ///   - key: the key or keys of the command.
  init(serverLine line: String, server: RedisURL, key: String) {
    let code = line.prefix { $0 != " " }
    switch code {
    case "NOAUTH":
      self = .refused(
        "\(server) asks for a password: set CHROMATIC_REDIS_PASSWORD or write it in the URL")
    case "WRONGPASS":
      self = .refused(
        "\(server) refuses user '\(server.user ?? "default")' with this password: "
          + "check CHROMATIC_REDIS_PASSWORD or the URL")
    case "ERR" where line.contains("without any password configured"):
      self = .refused("\(server) has no password, yet one was given: leave it out")
    case "ERR" where Self.isDeniedInScript(line), "NOPERM":
      self = .refused(
        "\(server) does not allow user '\(server.user ?? "default")' to do this (\(line)): "
          + "mend the user's ACL rules")
    case "LOADING", "BUSY", "UNBLOCKED", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN":
      self = .unreachable("\(server) is not ready yet (\(line))")
    case "MISCONF":
      self = .cannotWrite(Self.cannotPersist(line, server))
    case "OOM":
      self = .cannotWrite(
        "\(server) has reached its maxmemory: free some with 'chromatic cancel' or raise the limit")
    case "READONLY":
      self = .cannotWrite("\(server) is a read-only replica: give the URL of the primary")
    case "NOREPLICAS":
      self = .cannotWrite("\(server) has too few replicas to accept writes (\(line))")
    case "WRONGTYPE":
      self = .damaged(key: key, reason: "it holds another type of value than this version writes")
    case "MOVED", "ASK":
      self = .incompatible(
        "\(key) lives on another node of the cluster (\(line)): give that node's URL")
    default:
      self = .incompatible("\(server) answered '\(line)' for \(key): is it Redis 6.2 or newer?")
    }
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
