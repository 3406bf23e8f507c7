import Randomness

/// A fault with its place in the run.
struct PlannedFault {
  var fault: Fault
  /// The fault strikes once this many iterations are reduced …
  var iteration: Int
  /// … and so many seconds have passed.
  var delay: Double
  /// Which of the evaluators, if the victim is one.
  var evaluator: Int
  /// Where the server's clock stands from then on, in seconds ahead of the machine's, if it jumps.
  var clock: Int
  /// For how many seconds it lasts, if it ends by itself.
  var seconds: Double
  /// Whether it strikes at once if the ring still stands because of the one before.
  var overlaps: Bool

  /// `count` faults spread over a run, drawn from `seed`; every kind occurs if there are enough.
  static func plan(count: Int, iterations: Int, evaluators: Int, seed: UInt64) -> [PlannedFault] {
    var random = RandomStream(seed: seed, purpose: .episode)
    let kinds = Fault.allCases
    return (0..<count).map { number in
      let fault = number < kinds.count ? kinds[number] : kinds[random.index(below: kinds.count)]
      return PlannedFault(
        fault: fault, iteration: number * iterations / (count + 1),
        delay: random.uniform(0, 0.05), evaluator: random.index(below: evaluators),
        clock: [-259_200, -3600, -30, 0, 30, 3600, 259_200][random.index(below: 7)],
        seconds: random.uniform(fault.seconds.lowerBound, fault.seconds.upperBound),
        overlaps: number >= kinds.count && random.index(below: 4) == 0)
    }
  }
}

extension RandomStream {
  fileprivate mutating func index(below count: Int) -> Int { Int(next() % UInt64(count)) }
}
