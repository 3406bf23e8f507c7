import Randomness

/// Decides what becomes of every call, from one stream of random numbers.
///
/// Each schedule has some kinds of faults and not others, each with a rate of its own: a mixture of
/// everything in every schedule would hide what only a few kinds together bring about.
struct Network {
  /// Probability of each fault, per call.
  var rates: [(fault: Fault, rate: Double)]
  /// Times at which the store cannot be reached.
  var outages: [ClosedRange<Double>]
  private(set) var counts: [Fault: Int] = [:]
  private(set) var calls = 0
  private var random: RandomStream

  /// A network that delivers everything promptly.
  static let calm = Network(
    rates: [], outages: [], random: RandomStream(seed: 0, purpose: .simulation))

  init(rates: [(fault: Fault, rate: Double)], outages: [ClosedRange<Double>], random: RandomStream)
  {
    self.rates = rates
    self.outages = outages
    self.random = random
  }

  /// The kinds and rates of faults that `random` draws.
  static func drawn(from random: inout RandomStream, seed: UInt64) -> Network {
    var rates: [(fault: Fault, rate: Double)] = []
    for fault in Fault.ofCalls where random.uniform() < 0.75 {
      rates.append((fault, random.uniform(0.004, 0.03)))
    }
    var outages: [ClosedRange<Double>] = []
    if random.uniform() < 0.3 {
      let start = random.uniform(0, 30)
      outages = [start...start + random.uniform(1, 20)]
    }
    return Network(
      rates: rates, outages: outages,
      random: RandomStream(seed: seed, purpose: .simulation, iteration: 1))
  }

  /// What becomes of the next call, and the fault if it is one.
  mutating func delivery(at now: Double) -> (delivery: Delivery, fault: Fault?) {
    calls += 1
    if outages.contains(where: { $0.contains(now) }) {
      return count(.outage)
    }
    var dice = random.uniform()
    for (fault, rate) in rates {
      if dice < rate { return count(fault) }
      dice -= rate
    }
    return rates.isEmpty || dice < 0.5 ? (.prompt, nil) : (slow(0.05), nil)
  }

  /// Counts a fault that befell the store.
  mutating func note(_ fault: Fault) { counts[fault, default: 0] += 1 }

  /// Delivers everything promptly from now on.
  mutating func calmDown() {
    rates = []
    outages = []
  }

  private mutating func count(_ fault: Fault) -> (delivery: Delivery, fault: Fault?) {
    counts[fault, default: 0] += 1
    return (delivery(of: fault), fault)
  }

  private mutating func delivery(of fault: Fault) -> Delivery {
    let soon = random.uniform(0, 0.2)
    let later = soon + random.uniform(0, 5)
    switch fault {
    case .lostRequest, .outage, .deletedKey, .clockJump, .begunAnew:
      return Delivery(arrivals: [], ending: .lost(after: later))
    case .lostReply: return Delivery(arrivals: [soon], ending: .lost(after: later))
    case .lateEffect:
      return Delivery(arrivals: [soon + random.uniform(0, 30)], ending: .lost(after: soon))
    case .duplicate:
      return Delivery(arrivals: [soon, soon], ending: .reply(ofArrival: 1, after: 0))
    case .lateDuplicate:
      return Delivery(
        arrivals: [soon, soon + random.uniform(0, 30)], ending: .reply(ofArrival: 0, after: 0))
    case .delay: return slow(5)
    case .pause:
      let pause = random.uniform(10, 40)
      return random.uniform() < 0.5
        ? Delivery(arrivals: [pause], ending: .reply(ofArrival: 0, after: 0))
        : Delivery(arrivals: [soon], ending: .reply(ofArrival: 0, after: pause))
    case .crashBefore: return Delivery(arrivals: [], ending: .crash(after: soon))
    case .crashAfter: return Delivery(arrivals: [soon], ending: .crash(after: later))
    }
  }

  private mutating func slow(_ seconds: Double) -> Delivery {
    Delivery(
      arrivals: [random.uniform(0, seconds)],
      ending: .reply(ofArrival: 0, after: random.uniform(0, seconds)))
  }
}
