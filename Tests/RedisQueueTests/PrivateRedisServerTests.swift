import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Spawning
import Synchronization
import Testing

@Suite struct PrivateRedisServerTests {
  @Test func `a server keeps its data over a stop and leaves no socket`() throws {
    let directory = try TestDirectory()
    let path = "\(directory.path)/with a space"
    let first = try PrivateRedisServer(in: path)
    #expect(first.url == RedisURL(socket: "\(path)/redis.sock"))
    let record = try String(contentsOfFile: "\(path)/redis.socket", encoding: .utf8)
    #expect(record == "\(path)/redis.sock\n")
    try RedisConnection(to: first.url).send(["SET", "key", "value"])
    first.stop()
    #expect(first.ending == .exited(code: 0))
    #expect(!FileManager.default.fileExists(atPath: "\(path)/redis.sock"))
    #expect(!FileManager.default.fileExists(atPath: "\(path)/redis.socket"))
    first.stop()

    let second = try PrivateRedisServer(in: path)
    #expect(try RedisConnection(to: second.url).send(["GET", "key"]).isText("value"))
  }

  @Test func `a directory too deep for a socket gets one elsewhere and names it`() throws {
    let directory = try TestDirectory()
    let path = "\(directory.path)/\(String(repeating: "deep", count: 30))"
    let server = try PrivateRedisServer(in: path)
    let record = try String(contentsOfFile: "\(path)/redis.socket", encoding: .utf8)
    let socket = record.trimmingCharacters(in: .newlines)
    #expect(server.url == RedisURL(socket: socket))
    #expect(socket.utf8.count <= RedisURL.longestSocketPath)
    let parent = (socket as NSString).deletingLastPathComponent
    let attributes = try FileManager.default.attributesOfItem(atPath: parent)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    try RedisConnection(to: server.url).send(["PING"])
    server.stop()
    #expect(!FileManager.default.fileExists(atPath: parent))
  }

  @Test func `a directory in use is refused while its server lives`() throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    #expect(
      throws: LocalRingError.directoryInUse(
        directory.path, processIdentifier: Int(getpid()))
    ) { _ = try PrivateRedisServer(in: directory.path) }
    try RedisConnection(to: server.url).send(["PING"])
  }

  @Test func `a server left behind by a killed tool is shut down, its data kept`() throws {
    let directory = try TestDirectory()
    let leftover = try Leftover(in: directory.path)
    try RedisConnection(to: leftover.url).send(["SET", "key", "value"])
    let server = try PrivateRedisServer(in: directory.path)
    #expect(leftover.waitForEnd())
    #expect(try RedisConnection(to: server.url).send(["GET", "key"]).isText("value"))
  }

  @Test func `a frozen server left behind is named with the command that ends it`() throws {
    let directory = try TestDirectory()
    let leftover = try Leftover(in: directory.path)
    kill(leftover.identifier, SIGSTOP)
    let error = #expect(throws: LocalRingError.self) {
      _ = try PrivateRedisServer(in: directory.path)
    }
    #expect(error?.description.contains("kill -9 \(leftover.identifier)") == true)
  }

  @Test func `a server left behind that is busy with a script is named, too`() throws {
    let directory = try TestDirectory()
    let leftover = try Leftover(in: directory.path)
    let connection = try RedisConnection(
      to: leftover.url, timeouts: RedisTimeouts(connect: 2, command: 1))
    try connection.send(["CONFIG", "SET", "lua-time-limit", "1"])
    // Comes back when the server has not answered for a second, and so is at it.
    #expect(throws: (any Error).self) { try connection.send(["EVAL", "while true do end", "0"]) }
    let error = #expect(throws: LocalRingError.self) {
      _ = try PrivateRedisServer(in: directory.path)
    }
    #expect(error?.description.contains("kill -9 \(leftover.identifier)") == true)
  }

  @Test func `a stale socket and a torn append-only file are no obstacle`() throws {
    let directory = try TestDirectory()
    let first = try PrivateRedisServer(in: directory.path)
    try RedisConnection(to: first.url).send(["SET", "key", "value"])
    first.stop()
    let log = try appendOnlyFile(in: directory.path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("*3\r\n$3\r\nSET\r\n$4\r\nhal".utf8))
    try handle.close()
    try Data("\(directory.path)/redis.sock\n".utf8)
      .write(to: URL(fileURLWithPath: "\(directory.path)/redis.socket"))
    // A socket on which nobody listens.
    close(try UnixSocket.bound(to: "\(directory.path)/redis.sock"))

    let second = try PrivateRedisServer(in: directory.path)
    let connection = try RedisConnection(to: second.url)
    #expect(try connection.send(["GET", "key"]).isText("value"))
    #expect(try connection.send(["DBSIZE"]) == .integer(1))
  }

  @Test func `a server that cannot start says the last line of its log`() throws {
    let directory = try TestDirectory()
    let first = try PrivateRedisServer(in: directory.path)
    try RedisConnection(to: first.url).send(["SET", "key", "value"])
    first.stop()
    let log = try appendOnlyFile(in: directory.path)
    let contents = try Data(contentsOf: URL(fileURLWithPath: log))
    try (Data("garbage\r\n".utf8) + contents).write(to: URL(fileURLWithPath: log))
    let error = #expect(throws: LocalRingError.self) {
      _ = try PrivateRedisServer(in: directory.path)
    }
    let line = try #require(error).description
    #expect(line.hasPrefix("redis-server did not start: exit code 1; its log "))
    #expect(line.contains("Bad file format reading the append only file"))
    #expect(!line.contains("\n"))
  }

  @Test func `a directory that cannot be made is refused`() {
    let error = #expect(throws: LocalRingError.self) {
      _ = try PrivateRedisServer(in: "/proc/no/such/place")
    }
    guard case .unusableDirectory("/proc/no/such/place", _) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
  }

  @Test func `the end of a server is told at once`() async throws {
    let directory = try TestDirectory()
    let (endings, told) = AsyncStream.makeStream(of: ChildEnding.self)
    let server = try PrivateRedisServer(in: directory.path) { told.yield($0) }
    kill(server.processIdentifier, SIGKILL)
    for await ending in endings {
      #expect(ending == .killed(signal: SIGKILL))
      break
    }
    withExtendedLifetime(server) {}
  }

  @Test func `a record that names a file of another kind removes nothing`() throws {
    let directory = try TestDirectory()
    let precious = "\(directory.path)/precious"
    try Data("text".utf8).write(to: URL(fileURLWithPath: precious))
    let record = URL(fileURLWithPath: "\(directory.path)/redis.socket")
    try Data("\(precious)\n".utf8).write(to: record)
    let server = try PrivateRedisServer(in: directory.path)
    server.stop()
    #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text")
  }

  private func appendOnlyFile(in directory: String) throws -> String {
    let folder = "\(directory)/appendonlydir"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try "\(folder)/" + #require(files.first { $0.hasSuffix(".incr.aof") })
  }
}

extension RedisReply {
  fileprivate func isText(_ text: String) -> Bool { self == .bytes(Array(text.utf8)) }
}
