import Randomness

/// One thing that goes wrong with one process of the ring.
enum Fault: Hashable, CustomStringConvertible, CaseIterable {
  /// Processes that can be hit.
  enum Victim: String, CaseIterable {
    case evaluator, controller, aggregator
    case server = "redis-server"
  }

  /// `kill -9`, then a new process.
  case killed(Victim)
  /// SIGSTOP, and SIGCONT after a while.
  case frozen(Victim)
  /// SIGTERM, then a new process when it has ended in order.
  case restarted(Victim)

  static var allCases: [Fault] {
    Victim.allCases.flatMap { [.killed($0), .frozen($0), .restarted($0)] }
  }

  var victim: Victim {
    switch self {
    case .killed(let victim), .frozen(let victim), .restarted(let victim): victim
    }
  }

  var description: String {
    switch self {
    case .killed(let victim): "\(victim.rawValue) killed (kill -9)"
    case .frozen(let victim): "\(victim.rawValue) frozen (SIGSTOP)"
    case .restarted(let victim): "\(victim.rawValue) restarted (SIGTERM)"
    }
  }
}

/// A fault with its place in the run.
struct PlannedFault {
  var fault: Fault
  /// The fault strikes once this many iterations are reduced …
  var iteration: Int
  /// … and so many seconds have passed.
  var delay: Double
  /// Which of the evaluators, if the victim is one.
  var evaluator: Int
  /// For how long a frozen process stays so, in seconds.
  var freeze: Double

  /// `count` faults spread over a run, drawn from `seed`; every kind occurs if there are enough.
  static func plan(count: Int, iterations: Int, evaluators: Int, seed: UInt64) -> [PlannedFault] {
    var random = RandomStream(seed: seed, purpose: .episode)
    let kinds = Fault.allCases
    return (0..<count).map { number in
      PlannedFault(
        fault: number < kinds.count ? kinds[number] : kinds[random.index(below: kinds.count)],
        iteration: number * iterations / (count + 1), delay: random.uniform(0, 0.15),
        evaluator: random.index(below: evaluators), freeze: random.uniform(0.05, 1.5))
    }
  }
}

extension RandomStream {
  fileprivate mutating func index(below count: Int) -> Int { Int(next() % UInt64(count)) }
}
