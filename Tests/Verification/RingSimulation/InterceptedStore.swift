import RunQueue

/// A run store every call of which passes through one place; it need only say what happens there.
protocol InterceptedStore: RunStore {
  /// Has `body` carried out on the store behind this one, or not.
  func intercept<Value>(
    _ call: StoreCall, _ body: @escaping (any RunStore) throws(StoreError) -> Value
  ) throws(StoreError) -> Value
}

/// What operators ask for.
extension InterceptedStore {
  func submit(_ run: RunID, config: Fields) throws(StoreError) {
    try intercept(.other("submit \(run)")) { (store) throws(StoreError) in
      try store.submit(run, config: config)
    }
  }

  func runs() throws(StoreError) -> [RunID: RunPhase] {
    try intercept(.other("runs")) { (store) throws(StoreError) in try store.runs() }
  }

  func pause(_ run: RunID) throws(StoreError) {
    try intercept(.other("pause \(run)")) { (store) throws(StoreError) in try store.pause(run) }
  }

  func resume(_ run: RunID) throws(StoreError) {
    try intercept(.other("resume \(run)")) { (store) throws(StoreError) in try store.resume(run) }
  }

  func cancel(_ run: RunID) throws(StoreError) {
    try intercept(.other("cancel \(run)")) { (store) throws(StoreError) in try store.cancel(run) }
  }

  func fail(_ run: RunID, of submission: String?, message: String) throws(StoreError) {
    try intercept(.other("fail \(run): \(message)")) { (store) throws(StoreError) in
      try store.fail(run, of: submission, message: message)
    }
  }

  func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields {
    try intercept(.other("\(hash) of \(run)")) { (store) throws(StoreError) in
      try store.fields(hash, of: run)
    }
  }

  func fields(_ names: [String], in hash: RunHash, of run: RunID) throws(StoreError) -> [String?] {
    try intercept(.other("\(hash) of \(run)")) { (store) throws(StoreError) in
      try store.fields(names, in: hash, of: run)
    }
  }

  func history(of run: RunID, from start: Int) throws(StoreError) -> [String] {
    try intercept(.other("history of \(run)")) { (store) throws(StoreError) in
      try store.history(of: run, from: start)
    }
  }

  func lastFailure(of run: RunID) throws(StoreError) -> String? {
    try intercept(.other("last failure of \(run)")) { (store) throws(StoreError) in
      try store.lastFailure(of: run)
    }
  }

  func overview() throws(StoreError) -> QueueOverview {
    try intercept(.other("overview")) { (store) throws(StoreError) in try store.overview() }
  }

  func deadTasks() throws(StoreError) -> [DeadTask] {
    try intercept(.other("dead tasks")) { (store) throws(StoreError) in try store.deadTasks() }
  }

  func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask] {
    try intercept(.other("requeue")) { (store) throws(StoreError) in
      try store.requeueDeadTasks(of: run)
    }
  }

  func drain(_ evaluators: [String], undo: Bool) throws(StoreError) -> [String] {
    try intercept(.other("drain")) { (store) throws(StoreError) in
      try store.drain(evaluators, undo: undo)
    }
  }

  func forget(_ run: RunID) throws(StoreError) {
    try intercept(.other("forget \(run)")) { (store) throws(StoreError) in try store.forget(run) }
  }

  func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot {
    try intercept(.other("snapshot of \(run)")) { (store) throws(StoreError) in
      try store.snapshot(of: run)
    }
  }

  func restore(_ snapshot: RunSnapshot, as run: RunID) throws(StoreError) {
    try intercept(.other("restore \(run)")) { (store) throws(StoreError) in
      try store.restore(snapshot, as: run)
    }
  }
}
