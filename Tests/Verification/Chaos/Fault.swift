/// One thing that goes wrong in the ring.
enum Fault: Hashable, CustomStringConvertible, CaseIterable {
  /// Processes that can be hit; of controllers and aggregators the one that leads.
  enum Victim: String, CaseIterable {
    case evaluator, controller, aggregator
    case server = "redis-server"
  }

  /// What becomes of the link between all services and the server.
  enum Link: String, CaseIterable {
    /// Every connection ends, with a reset.
    case reset
    /// Every connection ends in order.
    case closed
    /// All that is sent is swallowed; connections that stand at that time never come back.
    case halfOpen = "half-open"
    /// Every block comes late.
    case slow
  }

  /// Why the server refuses writes for a while.
  enum Refusal: String, CaseIterable {
    case fullMemory = "maxmemory reached"
    case replica = "read-only replica"
  }

  /// What is deleted from the queue, as by an operator's slip or an eviction.
  enum Vanished: String, CaseIterable {
    case messages = "messages deleted"
    case work = "tasks and leases deleted"
    case results = "results deleted"
  }

  /// `kill -9`, then a new process.
  case killed(Victim)
  /// SIGSTOP, and SIGCONT after a while that is shorter than a leader's lease.
  case frozen(Victim)
  /// SIGTERM, then a new process when it has ended in order.
  case restarted(Victim)
  /// SIGSTOP, and SIGCONT when a leader's lease is over.
  case lapsed(Victim)
  /// The link to the server fails.
  case link(Link)
  /// The server refuses writes.
  case refused(Refusal)
  /// A machine joins that has no model files, and leaves.
  case brokenMachine
  /// Keys are deleted.
  case vanished(Vanished)
  /// The server's wall clock jumps, by up to three days ahead or back.
  case clockJump

  static var allCases: [Fault] {
    Victim.allCases.flatMap { [.killed($0), .frozen($0), .restarted($0)] }
      + [.lapsed(.controller), .lapsed(.aggregator)]
      + Link.allCases.map { .link($0) } + Refusal.allCases.map { .refused($0) }
      + [.brokenMachine] + Vanished.allCases.map { .vanished($0) } + [.clockJump]
  }

  var description: String {
    switch self {
    case .killed(let victim): "\(victim.rawValue) killed (kill -9)"
    case .frozen(let victim): "\(victim.rawValue) frozen (SIGSTOP)"
    case .restarted(let victim): "\(victim.rawValue) restarted (SIGTERM)"
    case .lapsed(let victim): "\(victim.rawValue) frozen beyond its lease"
    case .link(let link): "link \(link.rawValue)"
    case .refused(let refusal): refusal.rawValue
    case .brokenMachine: "machine without models joins"
    case .vanished(let keys): keys.rawValue
    case .clockJump: "clock of redis-server jumps"
    }
  }

  /// For how many seconds it lasts, if it is one that ends by itself.
  var seconds: ClosedRange<Double> {
    switch self {
    case .killed, .restarted, .link(.reset), .link(.closed), .vanished, .clockJump: 0...0
    case .frozen: 0.05...1.5
    case .lapsed: 6...7
    case .brokenMachine: 1...3
    case .link(.halfOpen): 1...4
    case .link(.slow), .refused: 1...1
    }
  }
}
