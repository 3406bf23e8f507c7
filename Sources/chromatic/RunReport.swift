import ChromaticPolicy
import Foundation
import RunPlan
import RunQueue

/// Why a run cannot be read.
struct DamagedRun: Error, CustomStringConvertible {
  let reason: String

  var description: String {
    "damaged: \(reason); 'chromatic forget' removes it once it is over"
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
    configuration = try RunConfiguration(config)
    let state = try store.fields(["phase", "iteration", "message"], in: .state, of: run)
    guard let phase = state[0].flatMap(RunPhase.init(rawValue:)),
      let iteration = state[1].flatMap({ Int($0) })
    else { throw CommandError.data("the state of run \(run) is damaged") }
    self.run = run
    self.phase = phase
    self.iteration = iteration
    message = state[2] ?? ""
  }

  /// The run as it can be read, else what is wrong with it, so that one damaged run hides no other.
  ///
  /// Errors that are not about the run itself are thrown.
  static func read(_ run: RunID, store: any RunStore) throws -> Result<RunReport, DamagedRun> {
    do {
      return .success(try RunReport(run, store: store))
    } catch let error as StoreError {
      switch error {
      case .noSuchRun: return .failure(DamagedRun(reason: "its configuration is missing"))
      case .damaged: return .failure(DamagedRun(reason: "\(error)"))
      default: throw error
      }
    } catch {
      return .failure(DamagedRun(reason: "\(error)"))
    }
  }

  /// ES iterations that are done.
  var iterationsDone: Int { min(max(iteration, 0), configuration.iterations) }

  /// The policy the run ended with, else the best one so far, else nil.
  func policy(store: any RunStore) throws -> Policy? {
    let fields = [Finalists.policyField, Finalists.field(0)]
    let values = try store.fields(fields, in: .checkpoint, of: run)
    for (field, value) in zip(fields, values) {
      if let value { return try Finalists.policy(value, field: field) }
    }
    return nil
  }

  /// The history so far.
  func history(store: any RunStore) throws -> [HistoryEntry] {
    try store.history(of: run, from: 0).compactMap(HistoryEntry.init(line:))
  }
}
