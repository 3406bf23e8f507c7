import Foundation
import LocalRing
import RedisQueue
import RunQueue

extension ChaosRing {
  /// Seconds by which a slow link holds back every block, each way.
  private static let slowness = 0.05

  /// Carries out a fault; `tend` later ends it, and replaces a service that died.
  func strike(_ planned: PlannedFault) throws {
    switch planned.fault {
    case .killed(let victim): try end(victim, planned, SIGKILL)
    case .restarted(let victim): try end(victim, planned, SIGTERM)
    case .frozen(let victim), .lapsed(let victim): try freeze(victim, planned)
    case .link(let fault): disturb(fault, for: planned.seconds)
    case .refused(.fullMemory):
      try refuse(
        ["CONFIG", "SET", "maxmemory", "1"], then: ["CONFIG", "SET", "maxmemory", "0"],
        for: planned.seconds)
    case .refused(.replica):
      try refuse(
        ["REPLICAOF", "127.0.0.1", "1"], then: ["REPLICAOF", "NO", "ONE"], for: planned.seconds)
    case .brokenMachine: try join(for: planned.seconds)
    case .vanished(let keys): try delete(keys)
    case .clockJump: try clock.jump(to: planned.clock)
    }
  }

  /// Deletes keys, whatever they hold at the moment.
  private func delete(_ vanished: Fault.Vanished) throws {
    try settle()
    let names =
      switch vanished {
      case .messages: [keys.tasks, keys.results, keys.updates]
      case .work: [keys.tasks, keys.leases]
      case .results: [keys.tasks, keys.returns(of: try iteration())]
      }
    try RedisConnection(to: server.url).send(["DEL"] + names)
  }

  private func iteration() throws -> IterationID {
    let text = try openStore().fields(["iteration"], in: .state, of: run)[0]
    return IterationID(run: run, iteration: text.flatMap(Int.init) ?? 0)
  }

  /// An evaluator without model files works beside the others for a while.
  private func join(for seconds: Double) throws {
    let machine = try ServiceProcess(
      "chromatic-evaluator", arguments: ["--redis", link.url.description, "--slots", "4"],
      environment: ["CHROMATIC_ASSETS": "/nonexistent"], log: log(of: "machine"))
    later(seconds) { machine.stop() }
  }

  private func end(_ victim: Fault.Victim, _ planned: PlannedFault, _ signal: Int32) throws {
    // A process that is stopped cannot end in order, nor a server start that is to refuse writes.
    if victim == .server || signal == SIGTERM { try settle() }
    if victim == .server { return try replaceServer(signal) }
    let process = member(victim, planned).process
    if process.ending == nil { kill(process.processIdentifier, signal) }
  }

  private func freeze(_ victim: Fault.Victim, _ planned: PlannedFault) throws {
    guard victim != .server else {
      try settle()
      kill(server.processIdentifier, SIGSTOP)
      return later(planned.seconds) { [self] in kill(server.processIdentifier, SIGCONT) }
    }
    let process = member(victim, planned).process
    guard process.ending == nil else { return }
    kill(process.processIdentifier, SIGSTOP)
    later(planned.seconds) {
      if process.ending == nil { kill(process.processIdentifier, SIGCONT) }
    }
  }

  private func disturb(_ fault: Fault.Link, for seconds: Double) {
    switch fault {
    case .reset: return link.cut(abruptly: true)
    case .closed: return link.cut(abruptly: false)
    case .halfOpen: link.silence()
    case .slow: link.slow(by: Self.slowness)
    }
    later(seconds) { [self] in link.restore() }
  }

  private func refuse(_ command: [String], then remedy: [String], for seconds: Double) throws {
    try settle()
    try RedisConnection(to: server.url).send(command)
    later(seconds) { [self] in try RedisConnection(to: server.url).send(remedy) }
  }

  /// The evaluator that is meant, or the service that leads; the first of its kind if none does.
  private func member(_ victim: Fault.Victim, _ planned: PlannedFault) -> Member {
    let peers = members.filter { $0.role == victim }
    guard let role = LeaderRole(rawValue: victim.rawValue) else { return peers[planned.evaluator] }
    let leader = try? store.leader(of: role)
    return peers.first { $0.name == leader?.name } ?? peers[0]
  }
}
