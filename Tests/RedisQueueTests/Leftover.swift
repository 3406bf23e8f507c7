import Foundation
import RedisQueue

/// A redis-server that serves a directory as a private one does, though no tool owns it any more.
final class Leftover {
  let url: RedisURL
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)

  init(in directory: String) throws {
    let socket = "\(directory)/redis.sock"
    url = RedisURL(socket: socket)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "redis-server", "--port", "0", "--unixsocket", socket, "--dir", directory,
      "--appendonly", "yes", "--save", "", "--pidfile", "\(directory)/redis.pid",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
    try Data("\(socket)\n".utf8).write(to: URL(fileURLWithPath: "\(directory)/redis.socket"))
    let deadline = Date(timeIntervalSinceNow: 10)
    while (try? RedisConnection(to: url)) == nil, Date() < deadline { _ = poll(nil, 0, 5) }
  }

  var identifier: pid_t { process.processIdentifier }

  /// Whether the server has ended by itself, after waiting up to 10 s for it.
  func waitForEnd() -> Bool {
    ended.wait(timeout: .now() + 10) == .success && process.terminationReason == .exit
  }

  deinit {
    kill(identifier, SIGKILL)
    process.waitUntilExit()
  }
}
