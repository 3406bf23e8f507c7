import Foundation
import HeapModule
import Measuring
import Ring
import RunQueue

/// How many evaluators one Redis keeps busy: computed from what calls and evaluations cost it, which is measured.
enum Scale {
  static func figures() throws -> [Figure] {
    let costs = try FleetModel.Costs.measured()
    func efficiency(_ evaluators: Int, queues: Int) -> Double {
      FleetModel(evaluators: evaluators / queues, rollout: 0.02, evaluationsEach: 10, costs: costs)
        .efficiency
    }
    let queues = (1...1000).first { efficiency(10_000, queues: $0) >= 0.9 } ?? 1000
    let most = (1...1000).last { efficiency($0, queues: 1) >= 0.95 } ?? 0
    let measured =
      "\(Figure.text(costs.call * 1e6)) µs of Redis a call and \(Figure.text(costs.task * 1e6)) µs an "
      + "evaluation, measured in this run"
    return [
      Figure(
        name: "efficiency of 1,000 evaluators on one Redis, rollouts of 20 ms, computed",
        value: efficiency(1000, queues: 1), unit: "", goal: 0.95, better: .higher,
        against: measured),
      Figure(
        name: "evaluators of one Redis at an efficiency of 0.95, rollouts of 20 ms, computed",
        value: Double(most), unit: "evaluators", better: .higher, against: measured),
      Figure(
        name: "efficiency of 10,000 evaluators in \(queues) queues, computed",
        value: efficiency(10_000, queues: queues), unit: "", goal: 0.9, better: .higher,
        against: measured),
    ]
  }
}

/// A ring in virtual time: evaluators that play as many tasks at once as real ones would, and a server that serves one
/// call after the other.
struct FleetModel {
  /// Seconds beside the rollouts.
  struct Costs {
    /// Of a call, on the server, which does one thing at a time.
    var call: Double
    /// Of each evaluation that a call delivers, on the server.
    var task: Double
    /// Of an evaluation, on its evaluator.
    var evaluator: Double

    /// Measured by two rings with as many evaluators and bundles of different sizes: their calls an evaluation differ.
    static func measured() throws -> Costs {
      // Ten times the evaluators, so that what a server reads at once is as in a large ring.
      func ring(_ perturbations: String, _ iterations: Range<Int>) throws -> RingMeasurement {
        try RingMeasurement(
          .init(
            settings: ["perturbations": perturbations], iterations: iterations, evaluators: 20),
          executables: Ring.executables)
      }
      let (small, large) = (try ring("60", 5..<60), try ring("4000", 2..<6))
      func server(_ ring: RingMeasurement) -> Double {
        ring.processorTime.server / Double(ring.evaluations)
      }
      let call = (server(small) - server(large)) / (small.trips - large.trips)
      return Costs(
        call: call, task: server(large) - call * large.trips,
        evaluator: large.processorTime.evaluators / Double(large.evaluations))
    }
  }

  let evaluators: Int
  /// Seconds of a rollout.
  let rollout: Double
  let evaluationsEach: Int
  let costs: Costs

  /// A call on its way to the server.
  private struct Call: Comparable {
    /// When it arrives, in seconds.
    let arrival: Double
    let evaluator: Int
    /// How many results it delivers.
    let results: Int

    static func < (one: Call, other: Call) -> Bool {
      (one.arrival, one.evaluator) < (other.arrival, other.evaluator)
    }
  }

  /// Of the evaluators' time, the part in which they play; every one begins in the same moment.
  var efficiency: Double {
    var calls = Heap((0..<evaluators).map { Call(arrival: 0, evaluator: $0, results: 0) })
    var sizes = [BundleSize](repeating: .measured(), count: evaluators)
    var pending = evaluators * evaluationsEach
    var free = 0.0
    let evaluation = rollout + costs.evaluator
    while let call = calls.popMin() {
      free = max(free, call.arrival) + costs.call + Double(call.results) * costs.task
      if call.results > 0 { sizes[call.evaluator].called(for: free - call.arrival) }
      let request = ClaimRequest(lease: 10, except: [:], most: sizes[call.evaluator].count)
      let taken = min(pending, request.bundle(of: pending, among: evaluators))
      pending -= taken
      if taken == 0 { continue }
      sizes[call.evaluator].evaluated(in: evaluation)
      calls.insert(
        Call(
          arrival: free + Double(taken) * evaluation, evaluator: call.evaluator, results: taken))
    }
    return rollout * Double(evaluationsEach) / free
  }
}
