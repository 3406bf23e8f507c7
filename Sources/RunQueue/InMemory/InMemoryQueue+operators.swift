/// What operators ask for beyond runs' phases.
extension InMemoryQueue {
  func deadTasks(of run: RunID?) -> [DeadTask] {
    dead.map { DeadTask(line: $0, standing: standing(ofDead: $0)) }
      .filter { run == nil || $0.task?.iteration.run == run }
  }

  mutating func requeueDeadTasks(of run: RunID?) -> [DeadTask] {
    let found = deadTasks(of: run)
    var returned: [TaskID] = []
    for entry in found where entry.standing == .lost {
      guard let task = entry.task, standing(ofDead: entry.line) == .lost else { continue }
      runs[task.iteration.run]?.returns[task.index] = nil
      runs[task.iteration.run]?.lost[task.index] = nil
      results.removeAll { $0 == task.iteration }
      dead.removeAll { $0 == entry.line }
      returned.append(task)
    }
    tasks.putBack(returned)
    return found
  }

  mutating func forget(_ run: RunID) throws(StoreError) {
    guard let state = runs[run] else { throw .noSuchRun(run) }
    guard state.phase.isOver else { throw .wrongPhase(run, state.phase, operation: "forget") }
    forgotten[run] = state.hashes[.config] ?? [:]
    runs[run] = nil
    results.removeAll { $0.run == run }
    updates.removeAll { $0.run == run }
  }

  func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot {
    guard let state = runs[run] else { throw .noSuchRun(run) }
    var hashes = state.hashes
    hashes[.state] = state.state
    return RunSnapshot(
      name: run.name, hashes: hashes, returns: state.returns, history: state.history)
  }

  mutating func restore(
    _ snapshot: RunSnapshot, at position: RunSnapshot.Position, as run: RunID, limits: QueueLimits
  ) throws(StoreError) {
    try admit(run, config: snapshot.fields(.config), isOver: position.phase.isOver, limits: limits)
    let state = snapshot.state(of: run)
    let parked = state["parked"].flatMap(IterationID.init(message:))
    runs[run] = Run(
      phase: position.phase, iteration: position.iteration, expected: position.expected,
      message: state["message"] ?? "", submission: state[Submission.field] ?? "", parked: parked,
      hashes: Dictionary(
        uniqueKeysWithValues: RunHash.allCases.filter { $0 != .state }.map {
          ($0, snapshot.fields($0))
        }), returns: snapshot.returns, history: snapshot.history)
    if !position.phase.isOver, position.phase != .suspended, parked == nil {
      goOn(IterationID(run: run, iteration: position.iteration))
    }
  }

  /// Throws unless a run of that name and configuration can be taken.
  func admit(
    _ run: RunID, config: Fields, isOver: Bool, limits: QueueLimits
  ) throws(StoreError) {
    guard runs[run] == nil else { throw .runExists(run) }
    if let former = forgotten[run], former != config { throw .runForgotten(run) }
    let inProgress = isOver ? 0 : runs.values.count { !$0.phase.isOver }
    if let refusal = limits.refusal(inProgress: inProgress, kept: runs.count) { throw refusal }
  }

  /// Queues what a restored run waits for: an update, evaluations or a reduction.
  private mutating func goOn(_ iteration: IterationID) {
    guard let run = runs[iteration.run] else { return }
    if run.expected == 0 { return updates.append(iteration) }
    let missing = (0..<run.expected).filter { run.returns[$0] == nil }
    if missing.isEmpty { return results.append(iteration) }
    let names = missing.map { TaskID(iteration: iteration, index: $0) }
    tasks.queueInTurn(names)
  }

  private func standing(ofDead line: String) -> DeadTask.Standing {
    guard let task = DeadTask(line: line, standing: .malformed).task else { return .malformed }
    guard let run = runs[task.iteration.run], !run.phase.isOver else { return .over }
    guard run.isCurrent(task) else { return .reduced }
    guard let result = run.returns[task.index] else { return .pending }
    return result.hasPrefix(DeadTask.failure) ? .lost : .delivered
  }
}
