import ChromaticPolicy
import Foundation
import RunPlan
import RunQueue

/// Why a run cannot be read.
struct DamagedRun: Error, CustomStringConvertible {
  let reason: String

  var description: String {
    "damaged: \(reason); 'chromatic cancel' ends it if it is not over, 'chromatic forget' removes it"
  }
}

/// What the store knows about one run, read for people.
struct RunReport {
  let run: RunID
  let phase: RunPhase
  /// Iteration in progress, −1 before the first.
  let iteration: Int
  /// Why it ended or waits; empty while all is well.
  let message: String
  let configuration: RunConfiguration

  /// Reads a run; throws `noSuchRun` if the queue does not know it.
  init(_ run: RunID, store: any RunStore) throws {
    let config = try store.fields(.config, of: run)
    guard !config.isEmpty else { throw StoreError.noSuchRun(run) }
    try self.init(run, config: config, state: store.fields(.state, of: run))
  }

  private init(_ run: RunID, config: Fields, state: Fields) throws {
    configuration = try RunConfiguration(config)
    guard let phase = state["phase"].flatMap(RunPhase.init(rawValue:)),
      let iteration = state["iteration"].flatMap({ Int($0) })
    else {
      throw CommandError.data(
        "the state of run \(run) is damaged: its phase or iteration is missing or malformed")
    }
    self.run = run
    self.phase = phase
    self.iteration = iteration
    message = state["message"] ?? ""
  }

  /// A run as the queue lists it, else what is wrong with it, so that one damaged run hides no other.
  static func read(_ record: RunRecord) -> Result<RunReport, DamagedRun> {
    if case .damaged(let key, let reason) = record.damage {
      return .failure(DamagedRun(reason: "\(key), \(reason)"))
    }
    guard let run = RunID(record.name), !record.config.isEmpty else {
      return .failure(DamagedRun(reason: "its configuration is missing"))
    }
    do {
      return .success(try RunReport(run, config: record.config, state: record.state))
    } catch {
      return .failure(DamagedRun(reason: "\(error)"))
    }
  }

  /// ES iterations that are done.
  var iterationsDone: Int { min(max(iteration, 0), configuration.iterations) }

  /// The policy the run ended with, else the best one so far, else nil.
  func policy(store: any RunStore) throws -> Policy? {
    try Self.policy(in: store.fields(Self.policyFields, in: .checkpoint, of: run))
  }

  /// The fields of a checkpoint that hold such a policy, the first one first.
  static let policyFields = [Finalists.policyField, Finalists.field(0)]

  /// The policy in the values of those fields.
  static func policy(in values: [String?]) throws -> Policy? {
    for (field, value) in zip(policyFields, values) {
      if let value { return try Finalists.policy(value, field: field) }
    }
    return nil
  }

  /// The history so far.
  func history(store: any RunStore) throws -> [HistoryEntry] {
    try store.history(of: run, from: 0).compactMap(HistoryEntry.init(line:))
  }
}
