import Foundation

extension RedisURL {
  /// The URL written as `text`; blanks and line ends around it do not count.
  ///
  /// A password that the URL leaves out is taken from `CHROMATIC_REDIS_PASSWORD`, else from the file
  /// that `CHROMATIC_REDIS_PASSWORD_FILE` names. A name before `@` without a password anywhere is taken for
  /// one, as redis-cli does.
  public init(
    _ text: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ParseError) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let mark = text.range(of: "://") else {
      throw ParseError(
        "'\(Self.withoutSecrets(text))' is no Redis URL: "
          + "write redis://host:6379 or unix:///path/to/socket")
    }
    let scheme = text[..<mark.lowerBound].lowercased()
    let (userInfo, address) = Self.splitUserInfo(text[mark.upperBound...])
    switch scheme {
    case "redis": try self.init(tcp: address)
    case "redis+sentinel": try self.init(sentinels: address)
    case "rediss+sentinel":
      try self.init(sentinels: address)
      tls = try TLSFiles(environment: environment)
    case "unix": try self.init(unix: address)
    case "rediss":
      try self.init(tcp: address)
      tls = try TLSFiles(environment: environment)
    default:
      throw ParseError(
        "'\(scheme)://' is no scheme for Redis: write redis://host:6379 or unix:///path/to/socket")
    }
    if let userInfo { try signIn(userInfo) }
    if password == nil { password = try Self.password(from: environment) }
    if password == nil, let user { (self.user, password) = (nil, RedisPassword(user)) }
  }

  private init(tcp address: Substring) throws(ParseError) {
    let parts = address.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let (host, port) = try Self.hostAndPort(parts[0])
    self.init(
      endpoint: .tcp(host: host, port: port),
      database: try Self.database(parts.count > 1 ? parts[1] : ""))
  }

  private init(sentinels address: Substring) throws(ParseError) {
    let parts = address.split(separator: "/", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), !parts[1].isEmpty else {
      throw ParseError(
        "the URL of a Sentinel ends with the primary's name: redis+sentinel://host:26379/NAME")
    }
    var nodes: [Endpoint] = []
    for node in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
      let (host, port) = try Self.hostAndPort(node, default: 26379)
      nodes.append(.tcp(host: host, port: port))
    }
    self.init(endpoint: nodes[0], database: try Self.database(parts.count > 2 ? parts[2] : ""))
    sentinels = RedisSentinels(nodes: nodes, primary: try Self.decoded(parts[1], what: "name"))
  }

  private init(unix address: Substring) throws(ParseError) {
    let parts = address.split(
      separator: "?db=", maxSplits: 1, omittingEmptySubsequences: false)
    let path = try Self.decoded(parts[0], what: "socket path")
    guard path.hasPrefix("/"), path.count > 1 else {
      throw ParseError("a unix Redis URL needs an absolute path: unix:///path/to/socket")
    }
    guard path.utf8.count <= Self.longestSocketPath else {
      throw ParseError(
        "the socket path \(path) has \(path.utf8.count) bytes, the system allows "
          + "\(Self.longestSocketPath): use a shorter directory")
    }
    self.init(
      endpoint: .unix(path: path), database: try Self.database(parts.count > 1 ? parts[1] : ""))
  }

  private mutating func signIn(_ userInfo: Substring) throws(ParseError) {
    let parts = userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if !parts[0].isEmpty { user = try Self.decoded(parts[0], what: "user name") }
    if parts.count > 1 {
      password = RedisPassword(try Self.decoded(parts[1], what: "password", secret: true))
    }
  }

  /// Splits at the last `@` before the path, so that a password may hold any other character.
  private static func splitUserInfo(_ rest: Substring) -> (userInfo: Substring?, rest: Substring) {
    guard let at = rest.lastIndex(of: "@"), !rest.hasPrefix("/") else { return (nil, rest) }
    return (rest[..<at], rest[rest.index(after: at)...])
  }

  private static func hostAndPort(
    _ text: Substring, default standard: Int = 6379
  ) throws(ParseError) -> (String, Int) {
    var host = text
    var port: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else {
        throw ParseError("'\(text)' lacks the closing bracket of an IPv6 address")
      }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      port = rest.isEmpty ? nil : rest.hasPrefix(":") ? rest.dropFirst() : ""
    } else if let colon = text.lastIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    guard !host.isEmpty, !host.utf8.contains(0) else {
      throw ParseError("a Redis URL needs a host: redis://host:6379")
    }
    guard let port else { return (String(host), standard) }
    guard let number = Int(port), (1...65535).contains(number) else {
      // What stands here may be a password whose '@host' was forgotten.
      let shown = port.allSatisfy(\.isNumber) ? "'\(port)'" : "what stands behind the last ':'"
      throw ParseError("\(shown) is no port of a Redis URL: use a number from 1 to 65535")
    }
    return (String(host), number)
  }

  private static func database(_ text: Substring) throws(ParseError) -> Int {
    if text.isEmpty { return 0 }
    guard let number = Int(text), (0...65535).contains(number) else {
      throw ParseError(
        "'\(text)' is no database number of a Redis URL: use /0, /1, …, for a socket ?db=1")
    }
    return number
  }

  private static func decoded(
    _ text: Substring, what: String, secret: Bool = false
  ) throws(ParseError) -> String {
    guard let plain = text.removingPercentEncoding, !plain.utf8.contains(0) else {
      let shown = secret ? "" : " '\(text)'"
      throw ParseError("the \(what)\(shown) of the Redis URL is wrongly escaped: write % as %25")
    }
    return plain
  }

  private static func password(
    from environment: [String: String]
  ) throws(ParseError) -> RedisPassword? {
    let secret = environment["CHROMATIC_REDIS_PASSWORD"]?.trimmingCharacters(in: .newlines)
    if let secret, !secret.isEmpty { return RedisPassword(secret) }
    let variable = "CHROMATIC_REDIS_PASSWORD_FILE"
    guard let path = environment[variable], !path.isEmpty else { return nil }
    do {
      return try RedisPassword(file: path)
    } catch {
      throw ParseError(error.description, in: variable)
    }
  }

  private static func withoutSecrets(_ text: String) -> String {
    text.lastIndex(of: "@").map { "•••\(text[$0...])" } ?? text
  }
}
