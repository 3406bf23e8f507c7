/// What operators ask for; documented in `OperatorStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryRunStore {
  public func deadTasks() throws(StoreError) -> [DeadTask] {
    try withQueue { $0.deadTasks(of: nil) }
  }

  public func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask] {
    try withQueue { $0.requeueDeadTasks(of: run) }
  }

  public func drain(_ evaluators: [String], undo: Bool) throws(StoreError) -> [String] {
    try withQueue { $0.drain(evaluators, undo: undo) }
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
