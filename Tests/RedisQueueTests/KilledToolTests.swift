import Foundation
import LocalRing
import RedisQueue
import Testing

/// `kill -9` of the tool takes its children along and loses no data.
@Suite(.serialized) struct KilledToolTests {
  /// Where the process that is killed works: both it and this one know it by this one's identifier.
  private static func directory(ofTestProcess process: pid_t) -> String {
    "/tmp/chromatic-test-killed-\(process)"
  }

  @Test func `the children of a killed tool end, and the next server has the data`() async throws {
    let path = Self.directory(ofTestProcess: getpid())
    let files = FileManager.default
    try files.createDirectory(atPath: path, withIntermediateDirectories: false)
    defer { try? files.removeItem(atPath: path) }
    try #require(mkfifo("\(path)/alive", 0o600) == 0)

    // A reader that does not block; the service's end of the pipe closes when the service ends.
    let alive = open("\(path)/alive", O_RDONLY | O_NONBLOCK)
    defer { close(alive) }
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let path = KilledToolTests.directory(ofTestProcess: getppid())
      let server = try PrivateRedisServer(in: "\(path)/ring")
      try RedisConnection(to: server.url).send(["SET", "key", "value"])
      let service = try ServiceProcess(
        "sh", arguments: ["-c", "exec 3>\(path)/alive; echo up; exec sleep 1000"],
        log: "\(path)/service.log", executablesIn: "/bin")
      while service.lastLogLine != "up" { _ = poll(nil, 0, 5) }
      kill(getpid(), SIGKILL)
    }
    var event = pollfd(fd: alive, events: Int16(POLLIN), revents: 0)
    #expect(poll(&event, 1, 10_000) == 1, "the service outlives the tool")
    #expect(event.revents & Int16(POLLHUP) != 0)

    let server = try PrivateRedisServer(in: "\(path)/ring")
    let value = try RedisConnection(to: server.url).send(["GET", "key"])
    #expect(value == .bytes(Array("value".utf8)))
    let log = try String(contentsOfFile: "\(path)/ring/redis.log", encoding: .utf8)
    #expect(log.contains("Received SIGTERM"), "the server outlived the tool")
    server.stop()
  }
}
