import ChromaticPolicy
import Foundation
import RunPlan
import RunQueue

/// What the store knows about one run, read for people.
struct RunReport {
  let run: RunID
  let phase: RunPhase
  /// Why it ended or waits; empty while all is well.
  let message: String
  let configuration: RunConfiguration

  /// Reads a run; throws `noSuchRun` if the queue does not know it.
  init(_ run: RunID, store: any RunStore) throws {
    let config = try store.fields(.config, of: run)
    guard !config.isEmpty else { throw StoreError.noSuchRun(run) }
    let state = try store.fields(.state, of: run)
    configuration = try RunConfiguration(config)
    guard let phase = state["phase"].flatMap(RunPhase.init(rawValue:)),
      state["iteration"].flatMap({ Int($0) }) != nil
    else {
      throw CommandError.data(
        "the state of run \(run) is damaged: its phase or iteration is missing or malformed")
    }
    self.run = run
    self.phase = phase
    message = state["message"] ?? ""
  }

  /// The policy the run ended with, else the best one so far, else nil.
  func policy(store: any RunStore) throws -> Policy? {
    let values = try store.fields(Self.policyFields, in: .checkpoint, of: run)
    for (field, value) in zip(Self.policyFields, values) {
      if let value { return try Finalists.policy(value, field: field) }
    }
    return nil
  }

  /// The fields of a checkpoint that hold such a policy, the first one first.
  private static let policyFields = [Finalists.policyField, Finalists.field(0)]

  /// The history so far.
  func history(store: any RunStore) throws -> [HistoryEntry] {
    try store.history(of: run, from: 0).compactMap(HistoryEntry.init(line:))
  }
}
