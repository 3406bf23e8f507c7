import RunPlan
import RunQueue

/// The run of a private server: one, under a name that says how often it was given more iterations.
struct LocalRun {
  /// The name of a run that has the iterations it began with.
  private static let firstName = "train"

  /// The run in `store`, the one with the most iterations where a tool was killed as it gave it more;
  /// nil if there is none yet.
  static func find(in store: any RunStore) throws -> RunID? {
    try store.runs().keys.filter { $0.name.hasPrefix(firstName) }
      .map { ($0, try RunReport($0, store: store).configuration.iterations) }
      .max { ($0.1, $0.0.name) < ($1.1, $1.0.name) }?.0
  }

  /// Begins a run.
  static func submit(_ configuration: RunConfiguration, to store: any RunStore) throws -> RunID {
    let run = try RunArgument.run(firstName, flag: "the run's name")
    try store.submit(run, config: configuration.fields)
    return run
  }

  /// The run with more iterations, under a name of its own.
  ///
  /// One that stands beside it stays until `forgetOthers`.
  static func extend(_ run: RunID, to iterations: Int, in store: any RunStore) throws -> RunID {
    let longer = try RunArgument.run("\(firstName)-\(iterations)", flag: "the run's name")
    let snapshot: RunSnapshot
    do {
      snapshot = try store.snapshot(of: run).extended(to: iterations)
    } catch let error as ExtensionError {
      throw CommandError.usage("--resume: \(error)")
    }
    try store.restore(snapshot, as: longer)
    return longer
  }

  /// Removes what a run was before it was given more iterations.
  static func forgetOthers(than run: RunID, in store: any RunStore) throws {
    for (other, phase) in try store.runs() where other != run {
      if !phase.isOver { try store.cancel(other) }
      try store.forget(other)
    }
  }
}
