import ChromaticPolicy
import Foundation
import RedisQueue
import RunPlan
import RunQueue

/// The runs of an experiment on a queue: submits what is missing and can start, reads what is there.
struct ExperimentQueue {
  let runs: [ExperimentRun]
  let store: RedisRunStore

  /// How many runs stand where.
  struct Standing: Equatable {
    /// Those that do not go on by themselves, suspended ones among them.
    var over = 0
    var going = 0
    var waiting = 0
  }

  /// Submits every run that is missing and has what it needs, as far as the queue takes them.
  func submitMissing() throws -> Standing {
    var phases = try store.runs()
    for run in runs where phases[run.id] == nil {
      guard let configuration = try configuration(of: run, phases) else { continue }
      guard try isTaken(run.id, configuration) else { break }
      phases[run.id] = .submitted
    }
    let standing = runs.map { phases[$0.id] }
    return Standing(
      over: standing.count { $0.map { $0.isOver || $0 == .suspended } == true },
      going: standing.count { $0.map { !$0.isOver && $0 != .suspended } == true },
      waiting: standing.count { $0 == nil })
  }

  /// Submits a run; false if the queue takes no more for now.
  private func isTaken(_ run: RunID, _ configuration: RunConfiguration) throws -> Bool {
    do {
      try store.submit(run, config: configuration.fields)
      return true
    } catch {
      guard case .overLimit = error else { throw error }
      return false
    }
  }

  /// The run's configuration, nil while the run whose partition it retrains is not over.
  private func configuration(
    of run: ExperimentRun, _ phases: [RunID: RunPhase]
  ) throws -> RunConfiguration? {
    var configuration = try RunOptions.parse(run.flags)
      .configuration(environment: run.cell.environment)
    guard let label = run.cell.partitionFrom else { return configuration }
    guard let source = runs.first(where: { $0.cell.label == label && $0.seed == run.seed }),
      phases[source.id] == .finished,
      let policy = try RunReport(source.id, store: store).policy(store: store)
    else { return nil }
    configuration.fix(policy)
    try configuration.validate()
    return configuration
  }

  /// The result of every run that has a policy.
  func results() throws -> [ExperimentResult] {
    let phases = try store.runs()
    return try runs.compactMap { run in
      guard phases[run.id] != nil else { return nil }
      let report = try RunReport(run.id, store: store)
      guard let policy = try report.policy(store: store) else { return nil }
      return ExperimentResult(
        run: run, isFinished: report.phase == .finished, policy: policy,
        history: try report.history(store: store), evaluation: nil)
    }
  }
}
