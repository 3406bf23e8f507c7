import RunQueue

/// What evaluators ask for; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    try waitForElement(of: keys.tasks, timeout: timeout)
  }

  public func claim(
    by evaluator: String, lease seconds: Double, except refused: [RunID: String]
  ) throws(StoreError) -> Claimed {
    let outcome = try run(
      .claim, keys: [keys.tasks, keys.leases, keys.dead, keys.evaluators],
      [keys.runPrefix, evaluator, seconds.formatted, String(TaskWindow.size)]
        + refused.sorted { $0.key < $1.key }.flatMap { [$0.key.name, $0.value] })
    let values = Array(outcome.values)
    switch outcome.word {
    case "none": return .nothing
    case "left": return .leftToOthers
    case "claimed" where values.count == 2:
      return .task(Claim(task: try task(values[0], at: keys.tasks), submission: values[1]))
    default: throw outcome.unexpected(from: .claim)
    }
  }

  public func complete(
    _ claim: Claim, result: String, by evaluator: String
  ) throws(StoreError) -> Completion {
    let task = claim.task
    let iteration = task.iteration
    let outcome = try run(
      .complete,
      keys: [
        keys.hash(.state, of: iteration.run), keys.returns(of: iteration),
        keys.failures(of: iteration.run), keys.leases, keys.results, keys.tasks, keys.evaluators,
      ],
      [
        "\(task)", "\(iteration)", String(iteration.iteration), String(task.index),
        limits.recorded(result), Self.fence(claim.submission), iteration.run.name, evaluator,
      ])
    switch outcome.word {
    case "accepted": return .accepted
    case "completed": return .completedIteration
    case "duplicate": return .duplicate
    case "stale": return .stale
    case "doubted": return .doubted
    case "overruled": return .overruled
    default: throw outcome.unexpected(from: .complete)
    }
  }

  public func renew(
    _ tasks: [TaskID], by evaluator: String, lease seconds: Double
  ) throws(StoreError) -> [TaskID] {
    if tasks.isEmpty { return [] }
    let outcome = try run(
      .renew, keys: [keys.leases],
      [keys.runPrefix, evaluator, seconds.formatted] + tasks.map(\.description))
    guard outcome.word == "lost" else { throw outcome.unexpected(from: .renew) }
    var lost: [TaskID] = []
    for name in outcome.values { lost.append(try task(name, at: keys.leases)) }
    return lost
  }

  public func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError) {
    if tasks.isEmpty { return }
    _ = try run(
      .release, keys: [keys.tasks, keys.leases], [evaluator] + tasks.map(\.description))
  }

  @discardableResult
  public func heartbeat(_ evaluator: String, status: String) throws(StoreError) -> Bool {
    let outcome = try run(
      .heartbeat, keys: [keys.evaluators, keys.drained], [evaluator, status])
    return outcome.word == "drained"
  }

  public func leave(_ evaluator: String) throws(StoreError) {
    _ = try run(
      .leave, keys: [keys.evaluators, keys.tasks, keys.leases, keys.drained], [evaluator])
  }

  /// The task that a script named.
  func task(_ name: String?, at key: String) throws(StoreError) -> TaskID {
    guard let name, let task = TaskID(message: name) else {
      throw .damaged(key: key, reason: "'\(name ?? "")' is no task")
    }
    return task
  }
}
