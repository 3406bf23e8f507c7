/// What operators ask for; documented in `OperatorStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryRunStore {
  public func deadTasks() throws(StoreError) -> [DeadTask] {
    try withQueue { $0.deadTasks(of: nil) }
  }

  public func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask] {
    try withQueue { $0.requeueDeadTasks(of: run) }
  }

  public func records(checkpoint fields: [String]) throws(StoreError) -> [RunRecord] {
    try withQueue { queue in
      queue.runs.sorted { $0.key < $1.key }.map { id, run in
        RunRecord(
          name: id.name, config: run.hashes[.config] ?? [:], state: run.state,
          lastFailure: run.failures.last,
          checkpoint: fields.map { run.hashes[.checkpoint]?[$0] })
      }
    }
  }

  public func forget(_ run: RunID) throws(StoreError) {
    try withQueue { (queue) throws(StoreError) in try queue.forget(run) }
  }

  public func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot {
    try withQueue { (queue) throws(StoreError) in try queue.snapshot(of: run) }
  }

  public func restore(_ snapshot: RunSnapshot, as run: RunID) throws(StoreError) {
    let position = try snapshot.checked(limits)
    try withQueue { (queue) throws(StoreError) in
      try queue.restore(snapshot, at: position, as: run, limits: limits)
    }
  }
}
