import CHiredis
import Foundation
import RunQueue

/// The socket under a connection: hiredis' blocking context, owned.
struct RedisLink: ~Copyable {
  private let context: UnsafeMutablePointer<redisContext>

  /// Connects within the time allowed.
  init(to url: RedisURL, timeouts: RedisTimeouts) throws(StoreError) {
    _ = Self.ignoreBrokenPipes
    if url.tls != nil { _ = try TLSLibrary.shared.get() }
    let connected =
      switch url.endpoint {
      case .tcp(let host, let port):
        redisConnectWithTimeout(host, Int32(port), timeval(seconds: timeouts.connect))
      case .unix(let path): redisConnectUnixWithTimeout(path, timeval(seconds: timeouts.connect))
      }
    guard let connected else {
      throw .unreachable("no memory for a connection to \(url)")
    }
    if connected.pointee.err != 0 {
      let reason = Self.reason(connected)
      redisFree(connected)
      throw .unreachable(
        "no Redis at \(url) (\(reason)): start redis-server there or give another URL with --redis")
    }
    if let files = url.tls {
      do {
        try Self.secure(connected, files, url, within: timeouts.connect)
      } catch {
        redisFree(connected)
        throw error
      }
    }
    context = connected
    ReplyBounds.apply(to: context)
    // Child processes do not inherit it.
    _ = fcntl(context.pointee.fd, F_SETFD, FD_CLOEXEC)
    if case .tcp = url.endpoint { redisEnableKeepAlive(context) }
    redisSetTimeout(context, timeval(seconds: timeouts.command))
  }

  deinit { redisFree(context) }

  /// Whether something failed or something unasked was sent, such as the server's farewell.
  var isBroken: Bool {
    guard context.pointee.err == 0, let reader = context.pointee.reader,
      reader.pointee.pos == reader.pointee.len
    else { return true }
    var poll = pollfd(fd: context.pointee.fd, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) != 0
  }

  /// Sends a command and waits for its reply, `limit` seconds longer than it may block by itself.
  mutating func exchange(
    _ command: [String], within limit: Double, blocking: Double, server: RedisURL
  ) throws(StoreError) -> RedisReply {
    guard context.pointee.err == 0 else {
      throw .unreachable("the connection to \(server) is broken (\(Self.reason(context)))")
    }
    if blocking > 0 { redisSetTimeout(context, timeval(seconds: limit + blocking)) }
    defer { if blocking > 0 { redisSetTimeout(context, timeval(seconds: limit)) } }
    guard let raw = Self.send(command, over: context) else {
      if let line = farewell(of: server) { return .error(line) }
      throw .unreachable(
        "lost \(server) (\(Self.reason(context, patience: limit + blocking))): "
          + "is redis-server still running?")
    }
    defer { freeReplyObject(raw) }
    guard let reply = RedisReply(copying: raw.assumingMemoryBound(to: redisReply.self)) else {
      throw .incompatible("\(server) answered \(command[0]) with an unknown type of reply")
    }
    return reply
  }

  /// The error that a server sent before it hung up, such as one that is full of clients; nil if it
  /// sent none, or if it cannot be read past TLS.
  private func farewell(of server: RedisURL) -> String? {
    guard context.pointee.err == REDIS_ERR_IO, server.tls == nil else { return nil }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = recv(context.pointee.fd, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    guard count > 1, bytes[0] == UInt8(ascii: "-") else { return nil }
    let line = bytes[1..<count].prefix { $0 >= 32 }
    return String(validating: line, as: UTF8.self)
  }

  /// Sends commands at once and waits for the reply of each; for commands that do not block.
  mutating func exchange(
    all commands: [[String]], within limit: Double, server: RedisURL
  ) throws(StoreError) -> [RedisReply] {
    guard context.pointee.err == 0 else {
      throw .unreachable("the connection to \(server) is broken (\(Self.reason(context)))")
    }
    for command in commands {
      _ = Self.withWords(command) { redisAppendCommandArgv(context, $0, &$1, $2) }
    }
    var replies: [RedisReply] = []
    for command in commands {
      var raw: UnsafeMutableRawPointer?
      guard redisGetReply(context, &raw) == REDIS_OK, let raw else {
        throw .unreachable(
          "lost \(server) (\(Self.reason(context, patience: limit))): is redis-server still running?"
        )
      }
      defer { freeReplyObject(raw) }
      guard let reply = RedisReply(copying: raw.assumingMemoryBound(to: redisReply.self)) else {
        throw .incompatible("\(server) answered \(command[0]) with an unknown type of reply")
      }
      replies.append(reply)
    }
    return replies
  }

  /// Writes the command and reads one reply; nil if the connection failed.
  private static func send(
    _ command: [String], over context: UnsafeMutablePointer<redisContext>
  ) -> UnsafeMutableRawPointer? {
    withWords(command) { redisCommandArgv(context, $0, &$1, $2) }
  }

  /// Calls `body` with the command's words as hiredis takes them, all in one buffer.
  private static func withWords<Value>(
    _ command: [String], _ body: (Int32, inout [UnsafePointer<CChar>?], [Int]) -> Value
  ) -> Value {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(command.reduce(0) { $0 + $1.utf8.count })
    var lengths: [Int] = []
    lengths.reserveCapacity(command.count)
    for word in command {
      lengths.append(word.utf8.count)
      bytes.append(contentsOf: word.utf8)
    }
    return bytes.withUnsafeBytes { buffer in
      var offset = 0
      var starts: [UnsafePointer<CChar>?] = lengths.map { length in
        defer { offset += length }
        return buffer.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
      }
      return body(Int32(command.count), &starts, lengths)
    }
  }

  /// Puts TLS on a connection over TCP.
  private static func secure(
    _ connection: UnsafeMutablePointer<redisContext>, _ files: TLSFiles, _ url: RedisURL,
    within seconds: Double
  ) throws(StoreError) {
    guard case .tcp(let host, _) = url.endpoint else { return }
    redisSetTimeout(connection, timeval(seconds: seconds))
    try TLSSession.make(with: host, files, server: url).start(over: connection)
  }

  private static func reason(
    _ context: UnsafeMutablePointer<redisContext>, patience: Double? = nil
  ) -> String {
    if let patience, context.pointee.err == REDIS_ERR_IO, errno == EAGAIN {
      return "no answer for \(String(format: "%.1f", patience)) s"
    }
    if context.pointee.err == REDIS_ERR_OOM { return "its reply is larger than any of a queue's" }
    return withUnsafeBytes(of: context.pointee.errstr) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static let ignoreBrokenPipes: Void = {
    signal(SIGPIPE, SIG_IGN)
  }()
}

extension timeval {
  /// A time span of `seconds`, at least a millisecond: zero would mean for ever.
  fileprivate init(seconds: Double) {
    let microseconds = Int(min(max(0.001, seconds), 1e9) * 1_000_000)
    self.init(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
  }
}
