import Foundation
import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit

/// A ring of real processes that can be hit, and that replaces what died.
///
/// Two controllers, two aggregators and the evaluators reach the server over one TCP link.
final class ChaosRing {
  /// One service of the ring.
  struct Member {
    var role: Fault.Victim
    var name: String
    var process: ServiceProcess
  }

  /// The queue past the link, for looking on; it gives up soon if the server does not answer.
  let store: RedisRunStore
  /// What lies between the services and the server.
  let link: FaultyLink
  /// The server's clock.
  let clock: ShiftedServer
  /// Controllers, aggregators, then evaluators.
  private(set) var members: [Member] = []
  /// The server, which another one follows when it died.
  private(set) var server: PrivateRedisServer

  let keys: QueueKeys
  /// The run that it works on.
  let run: RunID
  private let directory: String
  private var starts = 0
  /// What ends the faults that last, and when.
  private var remedies: [(due: Date, action: () throws -> Void)] = []

  /// Starts a redis-server and all services.
  init(_ run: RunID, evaluators: Int, in directory: String) throws {
    self.run = run
    self.directory = directory
    clock = try ShiftedServer(in: directory)
    server = try PrivateRedisServer(in: "\(directory)/redis")
    link = try FaultyLink(to: server.url)
    guard let keys = QueueKeys(queue: "default") else {
      preconditionFailure("'default' is a valid queue name")
    }
    self.keys = keys
    store = try RedisRunStore(
      url: server.url, keys: keys, timeouts: RedisTimeouts(connect: 0.25, command: 0.25))
    let roles: [Fault.Victim] = [.controller, .controller, .aggregator, .aggregator]
    for role in roles + Array(repeating: .evaluator, count: evaluators) {
      members.append(try start(role))
    }
  }

  /// The queue past the link, with the patience of a service.
  func openStore() throws -> RedisRunStore { try RedisRunStore(url: server.url, keys: keys) }

  /// Ends every process.
  func stop() {
    try? settle()
    members.forEach { $0.process.terminate() }
    members.forEach { $0.process.stop() }
    server.stop()
  }

  /// Ends faults whose time is over, and replaces the services that ended.
  func tend() throws {
    try settle(before: Date())
    for place in members.indices where members[place].process.ending != nil {
      members[place] = try start(members[place].role)
    }
  }

  /// Carries out `action` in `seconds`, or before.
  func later(_ seconds: Double, _ action: @escaping () throws -> Void) {
    remedies.append((Date(timeIntervalSinceNow: seconds), action))
  }

  /// Ends the faults that would end before `moment`.
  func settle(before moment: Date = .distantFuture) throws {
    let due = remedies.filter { $0.due <= moment }
    remedies.removeAll { $0.due <= moment }
    for remedy in due { try remedy.action() }
  }

  /// Ends the server with `signal` and starts another one on its data.
  func replaceServer(_ signal: Int32) throws {
    kill(server.processIdentifier, signal)
    _ = server.wait(upTo: 30)
    server.stop()
    server = try PrivateRedisServer(in: "\(directory)/redis")
  }

  func log(of name: String) -> String { "\(directory)/\(name).log" }

  /// A service under a name that none had before, so that it cannot inherit a lead.
  private func start(_ role: Fault.Victim) throws -> Member {
    starts += 1
    let name = "\(role.rawValue)-\(starts)"
    let process = try ServiceProcess(
      "chromatic-\(role.rawValue)",
      arguments: ["--redis", link.url.description]
        + (role == .evaluator ? ["--slots", "1"] : ["--name", name]),
      log: log(of: name))
    return Member(role: role, name: name, process: process)
  }
}
