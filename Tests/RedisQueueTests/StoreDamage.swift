import FuzzKit
import Randomness
import RedisQueue
import RunQueue

/// Damage to what a queue's keys hold, drawn from a seed.
struct StoreDamage {
  private var random: RandomStream
  private let keys: QueueKeys
  private let run: RunID
  private let iteration: IterationID

  /// The damage of case `number` to the queue of `keys`, whose run stands in `iteration`.
  init(seed: UInt64, number: UInt32, keys: QueueKeys, iteration: IterationID) {
    random = RandomStream(seed: seed, purpose: .controllerUpdate, iteration: 0, index: number)
    self.keys = keys
    self.iteration = iteration
    run = iteration.run
  }

  /// A number in 0..<`count`.
  mutating func below(_ count: Int) -> Int {
    Int(random.next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// One to three commands that damage a value each; a command may be refused by the server.
  mutating func commands() -> [[String]] { (0...below(3)).map { _ in command() } }

  private mutating func command() -> [String] {
    let list = one(of: lists)
    switch below(10) {
    case 0: return ["SET", one(of: lists + hashes), text()]
    case 1: return ["DEL", one(of: lists + hashes)]
    case 2: return Self.bytes("SADD", one(of: lists + hashes))
    case 3, 4: return ["LPUSH", list, message()]
    case 5: return ["LSET", list, "0", message()]
    case 6: return Self.bytes("LPUSH", list)
    case 7: return Self.bytes("HSET", one(of: hashes), one(of: fields))
    default: return ["HSET", one(of: hashes), one(of: fields), text()]
    }
  }

  private var lists: [String] {
    [keys.tasks, keys.results, keys.updates, keys.dead, keys.history(of: run)]
  }

  private var hashes: [String] {
    [
      keys.leases, keys.leases, keys.leaders, keys.evaluators, keys.runs, keys.forgotten,
      keys.returns(of: iteration), keys.lost(of: run), keys.hash(.state, of: run),
      keys.hash(.state, of: run),
    ] + RunHash.allCases.map { keys.hash($0, of: run) }
  }

  /// Fields that the store reads, and others.
  private var fields: [String] {
    [
      "phase", "iteration", "expected", "parked", "message", "controller", "aggregator", "e1",
      run.name, "\(iteration) 0", "\(iteration) 1", "\(iteration) 2", "0", "1", "2", "-1", "",
      "x y",
    ]
  }

  private mutating func message() -> String {
    let messages = ["\(iteration) 0", "\(iteration) 2", "\(iteration)", "\(run) -1", "\(run) 1 0"]
    return below(2) == 0 ? one(of: messages) : text()
  }

  /// A value that is sound somewhere, an extreme one, or a lease's, leader's or heartbeat's with one.
  private mutating func text() -> String {
    let extreme = one(of: Extremes.tokens)
    switch below(6) {
    case 0: return "e1 \(extreme) 1 \(one(of: Extremes.tokens))"
    case 1: return "e1 1795509365.685 \(extreme) 1795509355.685"
    case 2: return "e1 \(extreme)"
    case 3: return "\(extreme) {}"
    case 4: return one(of: ["running", "paused", "cancelled", "submitted", "finished", "failed"])
    default: return extreme
    }
  }

  /// A command whose last word is no UTF-8, written by the server itself.
  static func bytes(_ words: String...) -> [String] {
    let arguments = words.dropFirst(2).indices.map { "ARGV[\($0 - 1)], " }.joined()
    return [
      "EVAL", "return redis.call('\(words[0])', KEYS[1], \(arguments)'\\255\\254')", "1", words[1],
    ] + words.dropFirst(2)
  }

  private mutating func one(of choices: [String]) -> String { choices[below(choices.count)] }
}
