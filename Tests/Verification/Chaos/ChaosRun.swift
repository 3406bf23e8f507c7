import Foundation
import RunPlan
import RunQueue

/// What a run left behind: the bytes that must not depend on what happened to the ring.
struct ChaosOutcome: Equatable {
  var policy: String
  var history: [String]

  /// Evaluations that are recorded as failed in all iterations.
  var failed: Int { entries.reduce(0) { $0 + $1.failed } }
  /// Environment steps that were counted.
  var steps: Int { entries.last?.environmentSteps ?? 0 }

  private var entries: [HistoryEntry] { history.compactMap(HistoryEntry.init(line:)) }
}

/// One run on a ring of its own, with faults or without.
struct ChaosRun {
  /// For every fault that struck alone, the seconds until an iteration was reduced again.
  private(set) var standstills: [(fault: Fault, seconds: Double)] = []
  /// Faults that struck while the ring stood because of another one.
  private(set) var overlapping = 0

  private let configuration: RunConfiguration
  private let ring: ChaosRing
  private let run: RunID
  private var waiting: [(fault: Fault, since: Date)] = []
  private var done = 0

  /// A run of `configuration`, submitted to a ring in `directory`.
  init(_ configuration: RunConfiguration, evaluators: Int, in directory: String) throws {
    self.configuration = configuration
    guard let run = RunID("chaos") else { preconditionFailure("'chaos' is a valid run name") }
    self.run = run
    ring = try ChaosRing(run, evaluators: evaluators, in: directory)
    try ring.openStore().submit(run, config: configuration.fields)
  }

  /// Follows the run to its end, striking as planned.
  ///
  /// - Parameter progress: called after every fault with the number of faults so far.
  mutating func finish(_ plan: [PlannedFault], progress: (Int) -> Void) throws -> ChaosOutcome {
    defer { ring.stop() }
    var left = plan[...]
    var due: Date?
    while try !isOver() {
      try ring.tend()
      if let next = left.first, waiting.isEmpty ? done >= next.iteration : next.overlaps {
        let moment = due ?? Date(timeIntervalSinceNow: next.delay)
        due = moment
        if moment <= Date() {
          due = nil
          left.removeFirst()
          waiting.append((next.fault, Date()))
          try ring.strike(next)
          progress(plan.count - left.count)
        }
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    guard left.isEmpty else { throw ChaosError("\(left.count) faults came after the run's end") }
    return try outcome()
  }

  /// Looks at the run; a server that is away for the moment has no news.
  private mutating func isOver() throws -> Bool {
    do {
      guard let phase = try ring.store.runs()[run] else { throw ChaosError("the run is gone") }
      let count = try ring.store.fields(["iteration"], in: .state, of: run)[0].flatMap(Int.init)
      if let count, count > done {
        done = count
        noteStandstill()
      }
      guard phase != .failed, phase != .suspended else { throw ChaosError("the run is \(phase)") }
      return phase == .finished
    } catch let error as StoreError where error.isTransient {
      return false
    }
  }

  /// An iteration was reduced: what struck before no longer holds up the ring.
  private mutating func noteStandstill() {
    if waiting.count == 1 {
      standstills.append((waiting[0].fault, Date().timeIntervalSince(waiting[0].since)))
    } else {
      overlapping += waiting.count
    }
    waiting = []
  }

  private func outcome() throws -> ChaosOutcome {
    try ring.settle()
    let store = try ring.openStore()
    let policy = try store.fields([Finalists.policyField], in: .checkpoint, of: run)[0]
    guard let policy else { throw ChaosError("the finished run has no policy") }
    return ChaosOutcome(policy: policy, history: try store.history(of: run, from: 0))
  }
}

/// What must not happen, in one line.
struct ChaosError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
