/// How long a connection waits before it calls the server unreachable, in seconds.
public struct RedisTimeouts: Sendable, Hashable {
  /// For the connection to stand.
  public var connect: Double
  /// For an answer, beyond the time that a blocking command may take by itself.
  public var command: Double

  /// Timeouts with the given parts, both positive.
  public init(connect: Double = 5, command: Double = 5) {
    precondition(connect > 0 && command > 0)
    self.connect = connect
    self.command = command
  }
}
