/// What operators ask for.
extension InMemoryQueue {
  mutating func submit(
    _ run: RunID, config: Fields, mark: String, limits: QueueLimits
  ) throws(StoreError) {
    try admit(run, config: config, isOver: false, limits: limits)
    runs[run] = Run(submission: mark, hashes: [.config: config])
    updates.append(IterationID(run: run, iteration: -1))
  }

  mutating func pause(_ run: RunID) throws(StoreError) {
    let phase = try self.run(run).phase
    guard phase == .running || phase == .submitted else {
      throw .wrongPhase(run, phase, operation: "pause")
    }
    runs[run]?.phase = .paused
  }

  mutating func resume(_ run: RunID) throws(StoreError) {
    let state = try self.run(run)
    guard state.phase == .paused || state.phase == .suspended else {
      throw .wrongPhase(run, state.phase, operation: "resume")
    }
    runs[run]?.phase = state.iteration == -1 ? .submitted : .running
    runs[run]?.message = ""
    runs[run]?.parked = nil
    if let parked = state.parked { updates.append(parked) }
    if state.phase == .suspended { tasks.queueInTurn(vanished(of: run)) }
  }

  mutating func cancel(_ run: RunID) throws(StoreError) {
    let phase = try self.run(run).phase
    guard !phase.isOver else { throw .wrongPhase(run, phase, operation: "cancel") }
    stop(run, phase: .cancelled, message: "cancelled by the operator")
  }

  mutating func fail(
    _ run: RunID, of submission: String?, message: String
  ) throws(StoreError) {
    if try self.run(run).phase.isOver || !isSubmission(submission, of: run) { return }
    stop(run, phase: .failed, message: message)
  }

  func fields(_ hash: RunHash, of run: RunID) -> Fields {
    hash == .state ? runs[run]?.state ?? [:] : runs[run]?.hashes[hash] ?? [:]
  }

  func overview(at now: Double) -> QueueOverview {
    let evaluators = evaluators.map { name, heartbeat in
      QueueOverview.Evaluator(
        name: name, status: heartbeat.status, age: abs(now - heartbeat.seen))
    }
    let leaders = leaders.keys.compactMap { role in
      leader(of: role, at: now).map { (role, $0.name) }
    }
    return QueueOverview(
      pending: tasks.count, leased: leases.count, results: results.count, updates: updates.count,
      dead: dead.count, evaluators: evaluators.sorted { $0.name < $1.name },
      leaders: Dictionary(uniqueKeysWithValues: leaders))
  }

  private func run(_ run: RunID) throws(StoreError) -> Run {
    guard let state = runs[run] else { throw .noSuchRun(run) }
    return state
  }

  private mutating func stop(_ run: RunID, phase: RunPhase, message: String) {
    runs[run]?.phase = phase
    runs[run]?.message = message
    runs[run]?.expected = 0
    runs[run]?.parked = nil
    runs[run]?.lost = [:]
    runs[run]?.returns = [:]
  }
}
