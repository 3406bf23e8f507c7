import ArgumentParser
import Foundation
import Logging
import RedisQueue
import RunPlan
import RunQueue

/// Which queue on which server; the same for every service and for the tool.
public struct QueueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The Redis server: redis[s]://[user@]host[:port][/db] or unix://[user@]/path[?db=N].",
      discussion: """
        Else CHROMATIC_REDIS, else redis://127.0.0.1:6379. Any node of a cluster will do; of Sentinels: \
        redis[s]+sentinel://host:port[,host:port]/NAME. Keep passwords out of the command line: \
        CHROMATIC_REDIS_PASSWORD_FILE or CHROMATIC_REDIS_PASSWORD. For rediss://, PEM files: \
        CHROMATIC_REDIS_CA (else the system's), for a client's certificate _CERT and _KEY.
        """, valueName: "url"))
  var redis: String?

  @Option(
    help: ArgumentHelp(
      "The queue's name.", discussion: "Else CHROMATIC_QUEUE, else 'default'.", valueName: "name"))
  var queue: String?

  /// For the argument parser.
  public init() {}

  /// Whether a server was named at all.
  public var isGiven: Bool { GivenText("--redis", redis, else: "CHROMATIC_REDIS") != nil }

  /// The queue that the options name.
  public func address() throws -> QueueAddress {
    QueueAddress(url: try url(), keys: try keys())
  }

  private func url() throws -> RedisURL {
    let given = GivenText("--redis", redis, else: "CHROMATIC_REDIS")
    let url = try Self.url(given)
    // A password of the environment's is in no list of processes.
    if let redis, try RedisURL(redis, environment: [:]).password != nil {
      CommandLineSecret.hide(in: redis)
    }
    return url
  }

  private static func url(_ given: GivenText?) throws(InvalidSetting) -> RedisURL {
    do {
      return try RedisURL(given?.text ?? "redis://127.0.0.1:6379", environment: environment)
    } catch {
      let source = error.variable ?? given?.source ?? "--redis"
      throw InvalidSetting("\(source): \(error)")
    }
  }

  private func keys() throws -> QueueKeys {
    let given = GivenText("--queue", queue, else: "CHROMATIC_QUEUE")
    guard let keys = QueueKeys(queue: given?.text ?? "default") else {
      throw given?.invalid("1 to 64 letters, digits, dots, dashes or underscores")
        ?? InvalidSetting("--queue is missing")
    }
    return keys
  }

  /// This process's variables.
  public static var environment: [String: String] { ProcessInfo.processInfo.environment }
}

/// A queue on a server, not yet connected.
public struct QueueAddress: Sendable, Hashable {
  /// The server.
  public var url: RedisURL
  /// The queue's keys.
  public var keys: QueueKeys

  /// The queue of `keys` on the server at `url`.
  public init(url: RedisURL, keys: QueueKeys) {
    self.url = url
    self.keys = keys
  }

  /// The queue, connected.
  public func openStore() throws(StoreError) -> RedisRunStore {
    try RedisRunStore(url: url, keys: keys)
  }
}
