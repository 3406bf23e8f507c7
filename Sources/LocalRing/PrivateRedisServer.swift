import Foundation
import RedisQueue
import Synchronization
import Spawning

/// A redis-server of this process alone, on a unix socket in a directory, with its data there.
///
/// It ends with `stop`, or when this process ends in any way; its append-only file then lets another
/// one continue. All methods block; they may be called from any thread.
public final class PrivateRedisServer: Sendable {
  /// The URL at which the server answers.
  public let url: RedisURL
  /// The directory that holds the server's data and log.
  public let directory: String

  private let socket: ServerSocket
  private let process: ChildProcess
  private let lock: Mutex<DirectoryLock?>

  /// Starts a server in `directory`, which is created if need be, and waits until it answers.
  ///
  /// A server that a killed tool left behind in the directory is shut down first; its data is kept.
  ///
  /// - Parameters:
  ///   - directory: of its data and its socket.
  ///   - patience: seconds until the server must answer; loading its data does not count.
  ///   - onEnd: called once, on a thread of its own, when the server's process has ended.
  public init(
    in directory: String, patience: Double = 10,
    onEnd: (@Sendable (ChildEnding) -> Void)? = nil
  ) throws(LocalRingError) {
    let program = try Program.find(
      "redis-server", variable: "CHROMATIC_REDIS_SERVER",
      remedy: "apt-get install redis-server, or name it in CHROMATIC_REDIS_SERVER")
    self.directory = try Self.prepared(directory)
    let lock = try DirectoryLock(self.directory)
    try LeftoverServer.takeOver(in: self.directory)
    socket = try ServerSocket(in: self.directory)
    url = RedisURL(socket: socket.path)
    process = try ChildProcess(
      Self.command(program, in: self.directory, socket: socket.path), onEnd: onEnd)
    self.lock = Mutex(lock)
    do {
      try waitUntilReady(patience: patience)
    } catch {
      stop()
      throw error
    }
  }

  deinit { stop() }

  /// The server's process identifier.
  public var processIdentifier: Int32 { process.identifier }

  /// How the server's process ended, or nil while it runs.
  public var ending: ChildEnding? { process.wait(upTo: 0) }

  /// How the server's process ended, after waiting up to `seconds` for it; nil while it runs.
  public func wait(upTo seconds: Double) -> ChildEnding? { process.wait(upTo: seconds) }

  /// The last line of the server's log.
  public var lastLogLine: String? { Self.log(in: directory).lastLine }

  /// Ends the server in order, its data on disk; kills it after `grace` seconds.
  public func stop(grace: Double = 15) {
    lock.withLock { lock in
      guard lock != nil else { return }
      // One that was held goes on, so that it can write its data.
      kill(process.identifier, SIGCONT)
      process.stop(grace: grace)
      socket.remove()
      lock = nil
    }
  }

  private func waitUntilReady(patience: Double) throws(LocalRingError) {
    var deadline = Date(timeIntervalSinceNow: patience)
    while true {
      let reason: String
      do {
        try RedisConnection(to: url).send(["PING"])
        return
      } catch {
        switch error {
        case .unreachable(let line): reason = line
        case .notReady(let line):
          deadline = Date(timeIntervalSinceNow: patience)
          reason = line
        default: throw .server(error)
        }
      }
      // A process that ends wakes this wait at once.
      if let ending = process.wait(upTo: 0.01) {
        throw startFailed("\(ending)")
      }
      guard Date() < deadline else {
        throw startFailed("no answer for \(patience) s (\(reason))")
      }
    }
  }

  private func startFailed(_ reason: String) -> LocalRingError {
    .startFailed(
      "redis-server",
      reason: "\(reason); its log \(directory)/redis.log ends: \(lastLogLine ?? "")")
  }

  private static func log(in directory: String) -> LogFile {
    LogFile(path: "\(directory)/redis.log")
  }

  private static func command(
    _ program: String, in directory: String, socket: String
  ) -> ChildCommand {
    let settings = [
      ("port", "0"), ("unixsocket", socket), ("unixsocketperm", "700"), ("dir", directory),
      ("appendonly", "yes"), ("appendfsync", "everysec"), ("aof-load-truncated", "yes"),
      ("save", ""), ("logfile", log(in: directory).path), ("daemonize", "no"),
      ("pidfile", LeftoverServer.pidFile(in: directory)),
    ]
    return ChildCommand(
      program: program, arguments: settings.flatMap { ["--\($0)", $1] },
      log: log(in: directory).path, deathSignal: "TERM")
  }

  /// The directory's real path, after making it for this user alone.
  private static func prepared(_ directory: String) throws(LocalRingError) -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw .unusableDirectory(directory, reason: error.localizedDescription)
    }
    guard let real = realpath(directory, nil) else {
      throw .unusableDirectory(directory, reason: String(cString: strerror(errno)))
    }
    defer { free(real) }
    return String(cString: real)
  }
}
