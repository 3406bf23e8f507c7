import RunQueue

/// What the aggregator asks for; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func nextResult(timeout: Double) throws(StoreError) -> IterationID? {
    try next(.nextResult, of: keys.results, timeout: timeout)
  }

  public func results(of iteration: IterationID) throws(StoreError) -> [Int: String] {
    let key = keys.returns(of: iteration)
    let fields = try send(["HGETALL", key]).fields(at: key)
    var results = [Int: String](minimumCapacity: fields.count)
    for (name, result) in fields {
      guard let index = Int(name), index >= 0, index < Int(UInt32.max), name == String(index) else {
        throw .damaged(key: key, reason: "'\(name)' is no index of an evaluation")
      }
      results[index] = result
    }
    return results
  }

  public func results(
    _ indices: [Int], of iteration: IterationID
  ) throws(StoreError) -> [Int: String] {
    if indices.isEmpty { return [:] }
    let key = keys.returns(of: iteration)
    let values = try send(["HMGET", key] + indices.map(String.init)).elements(at: key)
    guard values.count == indices.count else {
      throw .damaged(key: key, reason: "\(values.count) values came for \(indices.count) fields")
    }
    var results = [Int: String](minimumCapacity: indices.count)
    for (index, value) in zip(indices, values) { results[index] = try value.optionalText(at: key) }
    return results
  }

  public func resultCount(of iteration: IterationID) throws(StoreError) -> Int {
    let key = keys.returns(of: iteration)
    return try send(["HLEN", key]).integer(at: key)
  }

  public func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    let run = iteration.run
    let hashes: [RunHash] = [.state, .weights, .partitions, .checkpoint]
    let parts = [reduction.weights ?? [:], reduction.partitions, reduction.checkpoint]
    try limits.check(effects: parts, of: iteration)
    let outcome = try self.run(
      .commit,
      keys: [keys.results, keys.updates] + hashes.map { keys.hash($0, of: run) }
        + [
          keys.history(of: run), keys.lost(of: run), keys.returns(of: iteration), keys.leaders,
          keys.failures(of: run),
        ],
      ["\(iteration)", String(iteration.iteration), reduction.history ?? ""]
        + parts.map { String($0.count) } + [leader ?? "", Self.fence(reduction.submission)]
        + parts.flatMap(Self.flatten))
    return try decision(outcome, yes: "committed", of: .commit)
  }

  public func suspend(
    _ iteration: IterationID, of submission: String?, message: String, by leader: String?
  ) throws(StoreError) -> Bool {
    let run = iteration.run
    let outcome = try self.run(
      .suspend,
      keys: [
        keys.results, keys.runs, keys.hash(.state, of: run), keys.lost(of: run),
        keys.failures(of: run), keys.returns(of: iteration), keys.leaders,
      ],
      [
        "\(iteration)", run.name, String(iteration.iteration), message, leader ?? "",
        Self.fence(submission),
      ])
    return try decision(outcome, yes: "suspended", of: .suspend)
  }

  public func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask] {
    let outcome = try run(
      .reap,
      keys: [
        keys.tasks, keys.leases, keys.results, keys.dead, keys.evaluators, keys.drained,
      ],
      [keys.runPrefix, String(attempts), String(QueueOverview.forgetsEvaluatorAfter)])
    let values = Array(outcome.values)
    guard outcome.word == "reaped", values.count.isMultiple(of: 4) else {
      throw outcome.unexpected(from: .reap)
    }
    var reaped: [ReapedTask] = []
    for position in stride(from: 0, to: values.count, by: 4) {
      guard let attempt = Int(values[position + 2]) else { throw outcome.unexpected(from: .reap) }
      reaped.append(
        ReapedTask(
          task: try task(values[position], at: keys.leases), evaluator: values[position + 1],
          attempt: attempt, isDead: values[position + 3] == "dead"))
    }
    return reaped
  }

  public func issueBackups(
    of run: RunID, after seconds: Double
  ) throws(StoreError) -> [TaskID] {
    let outcome = try self.run(
      .backup, keys: [keys.tasks, keys.leases, keys.hash(.state, of: run)],
      [run.name, seconds.formatted])
    guard outcome.word == "issued" else { throw outcome.unexpected(from: .backup) }
    var tasks: [TaskID] = []
    for name in outcome.values { tasks.append(try task(name, at: keys.leases)) }
    return tasks
  }

  public func reissueVanished(
    of run: RunID, since place: String?
  ) throws(StoreError) -> Standstill {
    let outcome = try self.run(
      .repair,
      keys: [
        keys.tasks, keys.leases, keys.results, keys.updates, keys.hash(.state, of: run),
        keys.lost(of: run), keys.failures(of: run),
      ], [run.name, keys.returnsPrefix(of: run), place ?? ""])
    switch (outcome.word, outcome.values.first) {
    case ("whole", nil): return .whole
    case ("moving", let place?): return .moving(place)
    case ("result", nil): return .announcedResult
    case ("update", nil): return .announcedUpdate
    case ("tasks", let count?):
      if let count = Int(count) { return .issuedTasks(count) }
      fallthrough
    default: throw outcome.unexpected(from: .repair)
    }
  }

  /// The live message at the head of a list, after waiting up to `timeout` seconds for one.
  func next(
    _ script: Script, of list: String, timeout: Double
  ) throws(StoreError) -> IterationID? {
    if let message = try head(script, of: list) { return message }
    guard timeout > 0, try waitForElement(of: list, timeout: timeout) else { return nil }
    return try head(script, of: list)
  }

  private func head(_ script: Script, of list: String) throws(StoreError) -> IterationID? {
    let outcome = try run(script, keys: [list, keys.dead], [keys.runPrefix])
    switch outcome.word {
    case "none": return nil
    case "next":
      guard let name = outcome.values.first, let iteration = IterationID(message: name) else {
        throw .damaged(key: list, reason: "its head is no iteration")
      }
      return iteration
    default: throw outcome.unexpected(from: script)
    }
  }

  /// Whether a fenced script had its effects.
  func decision(
    _ outcome: ScriptOutcome, yes: String, of script: Script
  ) throws(StoreError) -> Bool {
    switch outcome.word {
    case yes: return true
    case "elsewhere", "stale", "parked", "displaced": return false
    default: throw outcome.unexpected(from: script)
    }
  }
}
