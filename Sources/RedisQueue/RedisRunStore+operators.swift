import RunQueue

/// What operators ask for beyond runs' phases; documented in `OperatorStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func deadTasks() throws(StoreError) -> [DeadTask] { try dead("look", of: nil) }

  public func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask] {
    try dead("requeue", of: run)
  }

  public func forget(_ run: RunID) throws(StoreError) {
    let outcome = try self.run(
      .forget,
      keys: [keys.runs, keys.forgotten, keys.results, keys.updates]
        + Self.order.map { keys.hash($0, of: run) } + [
          keys.history(of: run), keys.lost(of: run), keys.failures(of: run),
        ],
      [run.name, keys.returnsPrefix(of: run)])
    try check(outcome, is: "forgotten", of: run, .forget)
  }

  public func drain(_ evaluators: [String], undo: Bool) throws(StoreError) -> [String] {
    if evaluators.isEmpty { return [] }
    let outcome = try run(
      .drain, keys: [keys.evaluators, keys.drained], [undo ? "undo" : "drain"] + evaluators)
    guard outcome.word == "marked" else { throw outcome.unexpected(from: .drain) }
    return Array(outcome.values)
  }

  /// Throws unless a script that takes a run said `word`.
  func checkTaken(
    _ outcome: ScriptOutcome, is word: String, _ run: RunID, _ script: Script
  ) throws(StoreError) {
    let count = outcome.values.first.flatMap { Int($0) } ?? 0
    switch outcome.word {
    case word: return
    case "exists": throw .runExists(run)
    case "forgotten": throw .runForgotten(run)
    case "full": throw .tooManyRuns(inProgress: count)
    case "kept": throw .tooManyRuns(kept: count)
    default: throw outcome.unexpected(from: script)
    }
  }

  private func dead(_ purpose: String, of run: RunID?) throws(StoreError) -> [DeadTask] {
    let outcome = try self.run(
      .dead, keys: [keys.dead, keys.tasks, keys.results],
      [keys.runPrefix, run?.name ?? "", purpose])
    let values = Array(outcome.values)
    guard outcome.word == "dead", values.count.isMultiple(of: 2) else {
      throw outcome.unexpected(from: .dead)
    }
    var tasks: [DeadTask] = []
    for position in stride(from: 0, to: values.count, by: 2) {
      guard let standing = DeadTask.Standing(rawValue: values[position + 1]) else {
        throw outcome.unexpected(from: .dead)
      }
      tasks.append(DeadTask(line: values[position], standing: standing))
    }
    return tasks
  }
}
