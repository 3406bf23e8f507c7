import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import Logging
import Measuring
import Ring
import RunPlan
import RunQueue

/// Wall time of an iteration beside the time its rollouts take by themselves.
///
/// A controller and two evaluators as processes; the aggregator runs here, where it sees every result.
enum Wall {
  private static let iterations = 12
  private static let evaluators = 2

  static func figures() throws -> [Figure] {
    try [
      (ControllerKind.clustering, "clusters", 1.02, []), (.pointer, "pointer network", 1.03, []),
      (.pointer, "pointer network, --search-lag 1", 1.03, [("search-lag", "1")]),
    ].map { kind, name, goal, settings in
      let ratios = try measure(kind, settings)
      return Figure(
        name: "wall / (rollouts / 2), HalfCheetah, 124 evaluations, \(name)",
        value: ratios[ratios.count / 2], unit: "", goal: goal,
        against: "its rollouts on two evaluators, 1 (least \(Figure.text(ratios[0])))")
    }
  }

  /// The ratio of every iteration but the first, which starts the processes, in ascending order.
  private static func measure(
    _ controller: ControllerKind, _ settings: [(String, String)]
  ) throws -> [Double] {
    var given = [
      "perturbations": "120", "pivots": "0", "evaluations": "4", "iterations": "\(iterations)",
      "controller": controller.rawValue,
    ]
    given.merge(settings) { $1 }
    let configuration = try RunConfiguration("HalfCheetah-v5", flags: given)
    let ring = try BenchmarkRing(
      configuration, ["controller"] + [String](repeating: "evaluator", count: evaluators),
      executables: Ring.executables)
    let store = ring.store
    var aggregator = Aggregator(store: store, logger: Logger(label: "aggregator"))
    var last = now()
    var ratios: [Double] = []
    for iteration in 0..<iterations {
      // A step while evaluators work draws directions; one that meets the complete iteration reduces it
      // unseen, and that iteration is not counted.
      var results: [Int: String]?
      while results == nil,
        try ring.iteration() <= iteration
      {
        if let complete = try store.nextResult(timeout: 0.05) {
          results = try store.results(of: complete)
        }
        try aggregator.step(timeout: 0)
      }
      let wall = now() - last
      last = now()
      guard let results, iteration > 0 else { continue }
      let rollouts = seconds(results, observationSize: configuration.observationSize)
      ratios.append(wall * Double(evaluators) / rollouts)
    }
    return ratios.sorted()
  }

  private static func seconds(_ results: [Int: String], observationSize: Int) -> Double {
    results.values.reduce(0) { sum, text in
      let result = EvaluationResult(text: text, observationSize: observationSize)
      guard case .finished(let episode)? = result else { return sum }
      return sum + episode.seconds
    }
  }

  /// Seconds by a clock that never steps back.
  private static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
