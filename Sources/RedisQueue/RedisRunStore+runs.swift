import RunQueue

/// What operators ask for; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func submit(_ run: RunID, config: Fields) throws(StoreError) {
    try limits.check(config: config)
    let outcome = try self.run(
      .submit,
      keys: [keys.runs, keys.updates, keys.forgotten] + Self.order.map { keys.hash($0, of: run) }
        + [keys.history(of: run), keys.lost(of: run), keys.failures(of: run)],
      [
        run.name, "\(IterationID(run: run, iteration: -1))", String(limits.runsInProgress),
        String(limits.runsKept), Submission.mark(), String(config.count),
      ] + Self.flatten(config))
    try checkTaken(outcome, is: "submitted", run, .submit)
  }

  public func runs() throws(StoreError) -> [RunID: RunPhase] {
    var runs: [RunID: RunPhase] = [:]
    for (name, text) in try send(["HGETALL", keys.runs]).fields(at: keys.runs) {
      if let run = RunID(name), let phase = RunPhase(rawValue: text) { runs[run] = phase }
    }
    return runs
  }

  public func pause(_ run: RunID) throws(StoreError) {
    let outcome = try self.run(
      .pause, keys: [keys.runs, keys.hash(.state, of: run)], [run.name])
    try check(outcome, is: "paused", of: run, .pause)
  }

  public func resume(_ run: RunID) throws(StoreError) {
    let outcome = try self.run(
      .resume,
      keys: [keys.runs, keys.hash(.state, of: run), keys.updates, keys.tasks, keys.leases],
      [run.name, keys.returnsPrefix(of: run)])
    try check(outcome, is: "resumed", of: run, .resume)
  }

  public func cancel(_ run: RunID) throws(StoreError) {
    let outcome = try stop(run, of: nil, phase: .cancelled, message: "cancelled by the operator")
    try check(outcome, is: "stopped", of: run, .stop)
  }

  public func fail(_ run: RunID, of submission: String?, message: String) throws(StoreError) {
    let outcome = try stop(run, of: submission, phase: .failed, message: message)
    if outcome.word == "phase" || outcome.word == "elsewhere" { return }
    try check(outcome, is: "stopped", of: run, .stop)
  }

  public func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields {
    let key = keys.hash(hash, of: run)
    return try send(["HGETALL", key]).fields(at: key)
  }

  public func fields(
    _ names: [String], in hash: RunHash, of run: RunID
  ) throws(StoreError) -> [String?] {
    if names.isEmpty { return [] }
    let key = keys.hash(hash, of: run)
    let values = try send(["HMGET", key] + names).elements(at: key)
    guard values.count == names.count else {
      throw .damaged(key: key, reason: "\(values.count) values came for \(names.count) fields")
    }
    var texts: [String?] = []
    for value in values { texts.append(try value.optionalText(at: key)) }
    return texts
  }

  public func history(of run: RunID, from start: Int) throws(StoreError) -> [String] {
    let key = keys.history(of: run)
    return try send(["LRANGE", key, String(max(start, 0)), "-1"]).texts(at: key)
  }

  public func lastFailure(of run: RunID) throws(StoreError) -> String? {
    let key = keys.failures(of: run)
    return try send(["HGET", key, "last"]).optionalText(at: key)
  }

  public func overview() throws(StoreError) -> QueueOverview {
    let outcome = try run(
      .overview,
      keys: [
        keys.tasks, keys.results, keys.updates, keys.dead, keys.leases, keys.evaluators,
        keys.leaders,
      ], LeaderRole.allCases.map(\.rawValue))
    let values = Array(outcome.values)
    let first = 6 + LeaderRole.allCases.count
    let lengths = values.prefix(5).compactMap { Int($0) }.filter { $0 >= 0 }
    guard outcome.word == "overview", lengths.count == 5, values.count >= first,
      (values.count - first).isMultiple(of: 2), let now = Double(values[5]), now.isFinite
    else { throw outcome.unexpected(from: .overview) }
    var evaluators: [QueueOverview.Evaluator] = []
    for position in stride(from: first, to: values.count, by: 2) {
      evaluators.append(try evaluator(values[position], heartbeat: values[position + 1], now: now))
    }
    let leaders = zip(LeaderRole.allCases, values[6..<first]).filter { !$0.1.isEmpty }
    return QueueOverview(
      pending: lengths[0], leased: lengths[4], results: lengths[1], updates: lengths[2],
      dead: lengths[3], evaluators: evaluators.sorted { $0.name < $1.name },
      leaders: Dictionary(uniqueKeysWithValues: leaders))
  }

  private func stop(
    _ run: RunID, of submission: String?, phase: RunPhase, message: String
  ) throws(StoreError) -> ScriptOutcome {
    try self.run(
      .stop, keys: [keys.runs, keys.hash(.state, of: run), keys.lost(of: run)],
      [
        run.name, keys.returnsPrefix(of: run), phase.rawValue, message, Self.fence(submission),
      ])
  }

  func evaluator(
    _ name: String, heartbeat: String, now: Double
  ) throws(StoreError) -> QueueOverview.Evaluator {
    guard let space = heartbeat.firstIndex(of: " "), let seen = Double(heartbeat[..<space]),
      seen.isFinite
    else {
      throw .damaged(key: keys.evaluators, reason: "the heartbeat of '\(name)' has no time")
    }
    return QueueOverview.Evaluator(
      name: name, status: String(heartbeat[heartbeat.index(after: space)...]),
      age: abs(now - seen))
  }

  func check(
    _ outcome: ScriptOutcome, is expected: String, of run: RunID, _ script: Script
  ) throws(StoreError) {
    switch outcome.word {
    case expected: return
    case "unknown": throw .noSuchRun(run)
    case "phase":
      guard let phase = outcome.values.first.flatMap(RunPhase.init(rawValue:)) else {
        throw .damaged(key: keys.hash(.state, of: run), reason: "its phase is unknown")
      }
      throw .wrongPhase(run, phase, operation: script == .stop ? "cancel" : script.rawValue)
    default: throw outcome.unexpected(from: script)
    }
  }
}
