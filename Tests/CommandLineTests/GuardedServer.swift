import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A redis-server with the configuration and the users of `ops/redis`; ends with the value.
final class GuardedServer {
  /// The users that `make-users` writes.
  enum Role: String, CaseIterable, Sendable {
    case controller, aggregator, evaluator, `operator`, viewer, autoscaler
    /// Users of the server rather than of the ring.
    case exporter, administrator, replica, sentinel

    /// The users of the ring.
    static let allCases: [Role] = [
      .controller, .aggregator, .evaluator, .operator, .viewer, .autoscaler,
    ]
    /// Those of the server.
    static let ofServer: [Role] = [.exporter, .administrator, .replica, .sentinel]
  }

  let directory: TestDirectory
  private var process: ServiceProcess

  /// Starts the server with users whose rules are written for Redis `version`.
  ///
  /// - Parameter user: the line of one more user, for what no role may do; one of `default` counts
  ///   instead of that of `make-users`.
  init(rulesFor version: String = "7.0", with user: String? = nil) async throws {
    directory = try TestDirectory()
    try Self.makeUsers(["\(directory.path)/users", "--redis", version])
    if let user { try Self.append(user, to: "\(directory.path)/users/users.acl") }
    process = try Self.start(in: directory)
    try await untilItAnswers()
  }

  private static func append(_ line: String, to file: String) throws {
    var lines = try String(contentsOfFile: file, encoding: .utf8)
    if line.hasPrefix("user default ") {
      lines = lines.split(separator: "\n").filter { !$0.hasPrefix("user default ") }
        .map { $0 + "\n" }.joined()
    }
    try "\(lines)\(line)\n".write(toFile: file, atomically: false, encoding: .utf8)
  }

  private static func start(in directory: TestDirectory) throws -> ServiceProcess {
    let server = try Program.find("redis-server", remedy: "ops/bootstrap")
    let settings = [
      "port": "0", "unixsocket": "\(directory.path)/redis.sock", "dir": directory.path,
      "aclfile": "\(directory.path)/users/users.acl", "logfile": "\(directory.path)/redis.log",
    ]
    return try ServiceProcess(
      "redis-server",
      arguments: ["\(ops)/redis.conf"] + settings.flatMap { ["--\($0)", $1] },
      log: "\(directory.path)/log", executablesIn: (server as NSString).deletingLastPathComponent)
  }

  private func untilItAnswers() async throws {
    try await eventually("an answer of redis-server", within: 20) {
      if let ending = process.ending {
        throw NotInTime(description: "redis-server: \(ending), \(log)")
      }
      return try? connection(as: .viewer)
    }
  }

  /// Ends the server by SIGTERM.
  func stop() { process.stop() }

  /// Ends the server by SIGTERM and starts it again on the files it left.
  func restart() async throws {
    process.stop()
    process = try Self.start(in: directory)
    try await untilItAnswers()
  }

  deinit { process.stop() }

  /// The server's log.
  var log: String {
    (try? String(contentsOfFile: "\(directory.path)/redis.log", encoding: .utf8)) ?? ""
  }

  /// The URL with the user's name and without a password.
  func url(as role: Role) -> String { "unix://\(role)@\(directory.path)/redis.sock" }

  /// The file of the user's password.
  func passwordFile(of role: Role) -> String { "\(directory.path)/users/\(role).password" }

  func password(of role: Role) throws -> String {
    try String(contentsOfFile: passwordFile(of: role), encoding: .utf8)
  }

  /// A connection of that user; it greets the server as a viewer, since an autoscaler may not.
  func connection(
    as role: Role, timeouts: RedisTimeouts = RedisTimeouts()
  ) throws -> RedisConnection {
    let environment = ["CHROMATIC_REDIS_PASSWORD_FILE": passwordFile(of: .viewer)]
    let connection = try RedisConnection(
      to: RedisURL(url(as: .viewer), environment: environment), timeouts: timeouts)
    try connection.send(["AUTH", role.rawValue, try password(of: role)])
    return connection
  }

  /// The variables by which a program signs in as that user.
  func environment(as role: Role) -> [String: String] {
    [
      "CHROMATIC_REDIS": url(as: role),
      "CHROMATIC_REDIS_PASSWORD_FILE": passwordFile(of: role),
    ]
  }

  /// The output of `chromatic` as that user, which has to succeed.
  @discardableResult
  func output(
    _ arguments: [String], as role: Role, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await Tool.output(
      arguments, environment: environment(as: role), sourceLocation: sourceLocation)
  }

  /// Runs `ops/redis/make-users`; its exit code and all it printed.
  @discardableResult
  static func makeUsers(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "\(ops)/make-users")
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let ops: String = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return tests.deletingLastPathComponent().deletingLastPathComponent().path + "/ops/redis"
  }()
}
