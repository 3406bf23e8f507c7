import ChromaticPolicy
import Dashboard
import RunPlan
import RunQueue

/// Looks at a queue as a store would give them.
enum Looks {
  static let configuration: RunConfiguration? = try? RunConfiguration(
    environment: "Pendulum-v1", EnvironmentTraits(observationSize: 3, actionSize: 1),
    given: [
      "iterations": "10", "perturbations": "6", "pivots": "1", "evaluations": "1", "hidden": "2",
      "partitions": "3",
    ])

  static func moment(_ seconds: Double) -> Moment { Moment(seconds: seconds, unix: 1e9 + seconds) }

  static func overview(
    pending: Int = 0, alive: [String] = [], silent: [String] = [],
    leaders: [LeaderRole: String] = [:], status: String = "{}"
  ) -> QueueOverview {
    let evaluators =
      alive.map { QueueOverview.Evaluator(name: $0, status: status, age: 1) }
      + silent.map { QueueOverview.Evaluator(name: $0, status: status, age: 50) }
    return QueueOverview(
      pending: pending, leased: 0, results: 0, updates: 0, dead: 0, evaluators: evaluators,
      leaders: leaders)
  }

  static func line(_ iteration: Int, failed: Int = 0, stoppedAt proposal: Double? = nil) -> String {
    var entry = HistoryEntry(iteration: iteration, parameterNorm: 1, environmentSteps: 100)
    (entry.proposal, entry.stopped) = (proposal, proposal.map { _ in true })
    (entry.mean, entry.failed) = (Double(iteration) * 10, failed)
    return entry.line
  }

  /// A run in `iteration`, whose history is told as far as `lines` go.
  static func run(
    _ name: String = "a", phase: RunPhase = .running, iteration: Int = 0, expected: Int = 8,
    submission: String = "s", lines: [String] = [], lastLine: String? = nil,
    lineCount: Int? = nil, retries: Int = 0, lastFailure: String? = nil,
    config: Fields = configuration?.fields ?? [:]
  ) -> RunLook {
    let state: Fields = [
      "phase": phase.rawValue, "iteration": "\(iteration)", "expected": "\(expected)",
      "submission": submission,
    ]
    return RunLook(
      name: name, stamp: "\(state)", retries: retries, lineCount: lineCount ?? lines.count,
      lines: lines,
      contents: RunLook.Contents(
        record: RunRecord(name: name, config: config, state: state, lastFailure: lastFailure),
        lastLine: lastLine ?? lines.last))
  }
}
