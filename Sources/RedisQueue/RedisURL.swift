import Foundation

/// Where a Redis server listens and how to sign in; its description never shows the password.
///
/// `redis://[user[:password]@]host[:port][/db]`, `rediss://` with TLS,
/// `redis[s]+sentinel://[user[:password]@]host[:port][,host[:port]…]/name[/db]`, or
/// `unix://[user[:password]@]/path[?db=number]`.
public struct RedisURL: Sendable, Hashable, CustomStringConvertible {
  /// The server's address.
  public enum Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// A host name or address and a TCP port.
    case tcp(host: String, port: Int)
    /// A unix socket.
    case unix(path: String)

    /// The path, or `host:port`.
    public var description: String {
      switch self {
      case .unix(let path): path
      case .tcp(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)"
      }
    }
  }

  /// The server's address.
  public var endpoint: Endpoint
  /// The ACL user; nil is the default user.
  public var user: String?
  /// The user's password.
  public var password: RedisPassword?
  /// The database number.
  public var database: Int
  /// The files for TLS over TCP; nil: no TLS.
  public var tls: TLSFiles?
  /// Who names the server at the moment, in place of `endpoint`; nil: nobody.
  public var sentinels: RedisSentinels?

  /// The longest path a unix socket can have, in bytes.
  public static let longestSocketPath = 107

  /// A server with the given parts.
  public init(
    endpoint: Endpoint, user: String? = nil, password: RedisPassword? = nil, database: Int = 0
  ) {
    self.endpoint = endpoint
    self.user = user
    self.password = password
    self.database = database
  }

  /// The server at the unix socket `path`.
  public init(socket path: String) {
    self.init(endpoint: .unix(path: path))
  }

  /// The same user and database of the server at `endpoint`.
  func at(_ endpoint: Endpoint) -> RedisURL {
    var url = self
    url.endpoint = endpoint
    url.sentinels = nil
    return url
  }

  /// The URL without its password.
  public var description: String {
    let sign = user.map { "\($0)@" } ?? ""
    let number = database == 0 ? "" : "/\(database)"
    let scheme = tls == nil ? "redis" : "rediss"
    if let sentinels {
      let nodes = sentinels.nodes.map(\.description).joined(separator: ",")
      return "\(scheme)+sentinel://\(sign)\(nodes)/\(sentinels.primary)\(number)"
    }
    switch endpoint {
    case .unix: return "unix://\(sign)\(endpoint)\(database == 0 ? "" : "?db=\(database)")"
    case .tcp: return "\(scheme)://\(sign)\(endpoint)\(number)"
    }
  }
}

extension RedisURL {
  /// Why a text is no URL of a Redis server, in one line.
  public struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, what was expected.
    public let description: String
    /// The variable that is wrong, nil where it is the text itself.
    public let variable: String?

    init(_ description: String, in variable: String? = nil) {
      self.description = description
      self.variable = variable
    }
  }
}
