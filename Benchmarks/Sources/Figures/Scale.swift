import Foundation
import Measuring

/// How many evaluators one Redis keeps busy: computed from what an evaluation costs it, which is measured.
enum Scale {
  static func figures() throws -> [Figure] {
    // Ten times the evaluators, so that batches of what a server reads are as in a large ring.
    let ring = try RingMeasurement(
      .init(iterations: 5..<20, evaluators: 20), executables: Ring.executables)
    let server = ring.processorTime.server / Double(ring.evaluations)
    let costs = FleetModel.Costs(
      server: server, evaluator: ring.processorTime.evaluators / Double(ring.evaluations))
    func efficiency(_ evaluators: Int, queues: Int) -> Double {
      FleetModel(evaluators: evaluators / queues, rollout: 0.02, evaluationsEach: 10, costs: costs)
        .efficiency
    }
    let queues = (1...1000).first { efficiency(10_000, queues: $0) >= 0.9 } ?? 1000
    let most = (1...1000).last { efficiency($0, queues: 1) >= 0.95 } ?? 0
    let measured = "\(Figure.text(server * 1e6)) µs of Redis an evaluation, measured in this run"
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

/// A ring in virtual time: evaluators that play, and a server that serves one delivery after the other.
struct FleetModel {
  /// Seconds of an evaluation beside its rollout.
  struct Costs {
    /// On the server, which does one thing at a time.
    var server: Double
    /// On the evaluator.
    var evaluator: Double
  }

  let evaluators: Int
  /// Seconds of a rollout.
  let rollout: Double
  let evaluationsEach: Int
  let costs: Costs

  /// Of the evaluators' time, the part in which they play; every one begins in the same moment.
  var efficiency: Double {
    // Who is done first is served first; all rollouts are equally long, so that is the order of arrival.
    var free = [Double](repeating: 0, count: evaluators)
    var server = 0.0
    for _ in 0..<evaluationsEach {
      for index in free.indices {
        server = max(server, free[index] + rollout + costs.evaluator) + costs.server
        free[index] = server
      }
    }
    return rollout * Double(evaluationsEach) / (free.max() ?? 1)
  }
}
