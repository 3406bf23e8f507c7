import ChromaticPolicy
import Foundation
import RedisQueue
import RunPlan
import RunQueue

/// The runs of an experiment on a queue: submits what is missing and can start, reads what is there.
///
/// A run that fails or cannot be read holds up no other, but for those that need its partition.
struct ExperimentQueue {
  let runs: [ExperimentRun]
  let store: RedisRunStore
  /// What each run is submitted with, but for a partition that it retrains.
  private let configurations: [RunID: RunConfiguration]

  /// The experiment's `runs` in a queue; throws where a run's settings cannot be submitted.
  init(runs: [ExperimentRun], store: RedisRunStore) throws {
    var ofCells: [String: RunConfiguration] = [:]
    var configurations: [RunID: RunConfiguration] = [:]
    for run in runs {
      let ofCell =
        try ofCells[run.cell.label]
        ?? RunOptions.parse(run.flags).configurationAndIdle(environment: run.cell.environment)
        .configuration
      ofCells[run.cell.label] = ofCell
      configurations[run.id] = ofCell
      configurations[run.id]?.seed = UInt64(run.seed)
    }
    (self.runs, self.store, self.configurations) = (runs, store, configurations)
  }

  /// How many runs stand where.
  struct Standing: Equatable {
    /// Those that do not go on by themselves: suspended and damaged ones among them, and those that can
    /// never start.
    var over = 0
    var going = 0
    var waiting = 0
    /// Those that are not in the queue and cannot be submitted.
    var refused: [Unfinished] = []
  }

  /// A run that does not finish by itself, and why.
  struct Unfinished: Error, Equatable {
    let run: RunID
    let reason: String
  }

  /// What a run that is not in the queue yet may do.
  private enum Start {
    case ready(RunConfiguration)
    /// The run whose partition it retrains is not over.
    case later
  }

  /// Submits every run that is missing and has what it needs, as far as the queue takes them.
  func submitMissing() throws -> Standing {
    let found = try look()
    var standing = Standing()
    var isFull = false
    for run in runs {
      let place = try ownTrouble(of: run) { () -> WritableKeyPath<Standing, Int> in
        if let report = try found[run.id]?.get() {
          return Self.rests(report.phase) ? \.over : \.going
        }
        guard case .ready(let configuration) = try start(run, found), !isFull else {
          return \.waiting
        }
        isFull = try !isTaken(run.id, configuration)
        return isFull ? \.waiting : \.going
      }
      standing[keyPath: (try? place.get()) ?? \.over] += 1
      if case .failure(let trouble) = place, found[run.id] == nil {
        standing.refused.append(trouble)
      }
    }
    return standing
  }

  /// The experiment's runs that are in the queue, or why one cannot be read.
  private func look() throws -> [RunID: Result<RunReport, Unfinished>] {
    let phases = try store.runs()
    var found: [RunID: Result<RunReport, Unfinished>] = [:]
    for run in runs where phases[run.id] != nil {
      found[run.id] = try ownTrouble(of: run) {
        let report = try RunReport(run.id, store: store)
        try check(run, is: report.configuration)
        return report
      }
    }
    return found
  }

  /// Throws `Unfinished` if the queue's run of that name is another one: submitted before the experiment's
  /// file was changed, say.
  private func check(_ run: ExperimentRun, is found: RunConfiguration) throws(Unfinished) {
    guard var own = configurations[run.id] else { return }
    if run.cell.partitionFrom != nil { own.takePartition(from: found) }
    let differences = found.differences(from: own)
    guard !differences.isEmpty else { return }
    throw Unfinished(
      run: run.id,
      reason:
        "the queue's run of that name has other settings: \(differences.joined(separator: ", ")); "
        + "give the experiment another name")
  }

  private static func rests(_ phase: RunPhase) -> Bool { phase.isOver || phase == .suspended }

  /// What `read` gives, or why this run alone has no such thing; throws what is nobody's own.
  private func ownTrouble<Value>(
    of run: ExperimentRun, _ read: () throws -> Value
  ) throws -> Result<Value, Unfinished> {
    do {
      return .success(try read())
    } catch let error as Unfinished {
      return .failure(error)
    } catch let error as StoreError {
      if case .runExists = error {
        return .failure(Unfinished(run: run.id, reason: "it stands in the queue as no run does"))
      }
      if case .runForgotten = error {
        let reason =
          "one of that name and other settings was forgotten in this queue: give the experiment another name"
        return .failure(Unfinished(run: run.id, reason: reason))
      }
      guard error.concernsOneRun else { throw error }
      return .failure(Unfinished(run: run.id, reason: "\(error)"))
    } catch let error where error is CommandError || error is DamagedFields {
      return .failure(Unfinished(run: run.id, reason: "\(error)"))
    }
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

  /// How the run starts; throws `Unfinished` where the one whose partition it retrains has none to give.
  private func start(
    _ run: ExperimentRun, _ found: [RunID: Result<RunReport, Unfinished>]
  ) throws -> Start {
    guard var configuration = configurations[run.id] else {
      preconditionFailure("every run has a configuration")
    }
    guard let label = run.cell.partitionFrom else { return .ready(configuration) }
    let source = runs.first { $0.cell.label == label && $0.seed == run.seed }
    let needed = "it needs the partition of \(source?.id.name ?? label)"
    guard let source else { throw Unfinished(run: run.id, reason: needed) }
    guard let report = found[source.id] else { return .later }
    guard case .success(let report) = report else {
      throw Unfinished(run: run.id, reason: needed)
    }
    guard Self.rests(report.phase) else { return .later }
    guard report.phase == .finished, let policy = try report.policy(store: store) else {
      throw Unfinished(run: run.id, reason: needed)
    }
    configuration.fix(policy)
    try configuration.validate()
    return .ready(configuration)
  }

  /// The result of every run that has a policy, and which runs will not finish by themselves, those that
  /// were `refused` among them.
  func outcome(
    refused: [Unfinished]
  ) throws -> (results: [ExperimentResult], unfinished: [Unfinished]) {
    let found = try look()
    var results: [ExperimentResult] = []
    var unfinished: [Unfinished] = []
    for run in runs {
      let result = try ownTrouble(of: run) { () -> ExperimentResult? in
        guard let report = try found[run.id]?.get() else {
          if let trouble = refused.first(where: { $0.run == run.id }) { throw trouble }
          _ = try start(run, found)
          return nil
        }
        if Self.rests(report.phase), report.phase != .finished {
          unfinished.append(
            Unfinished(run: run.id, reason: "\(report.phase.rawValue): \(report.message)"))
        }
        return try report.policy(store: store).map { policy in
          ExperimentResult(
            run: run, isFinished: report.phase == .finished, policy: policy,
            history: try report.history(store: store), evaluation: nil)
        }
      }
      switch result {
      case .success(let result): if let result { results.append(result) }
      case .failure(let trouble): unfinished.append(trouble)
      }
    }
    return (results, unfinished)
  }
}
