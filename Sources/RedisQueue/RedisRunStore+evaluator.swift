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
      .claim, keys: queueKeys,
      [keys.prefix, evaluator, seconds.formatted, String(TaskWindow.size)] + Self.pairs(refused))
    return try claimed(outcome.word, outcome.values, of: .claim)
  }

  public func deliver(
    _ result: String, of claim: Claim, by evaluator: String, next: NextClaim?
  ) throws(StoreError) -> Receipt {
    let iteration = claim.task.iteration
    let outcome = try run(
      .deliver,
      keys: queueKeys + [
        keys.results, keys.hash(.state, of: iteration.run), keys.returns(of: iteration),
        keys.failures(of: iteration.run),
      ],
      [
        keys.prefix, evaluator, next?.lease.formatted ?? "", String(TaskWindow.size),
        "\(claim.task)", limits.recorded(result), Self.fence(claim.submission),
      ] + Self.pairs(next?.refused ?? [:]))
    guard let completion = Self.completions[outcome.word] else {
      throw outcome.unexpected(from: .deliver)
    }
    guard let word = outcome.values.first else { return Receipt(completion) }
    return Receipt(
      completion, next: try claimed(word, outcome.values.dropFirst(), of: .deliver))
  }

  /// What a script touches that takes a task, all named: while a cluster moves their slot it lets no call
  /// through of whose keys some are here and some there.
  private var queueKeys: [String] { [keys.tasks, keys.leases, keys.dead, keys.evaluators] }

  private static let completions: [String: Completion] = [
    "accepted": .accepted, "completed": .completedIteration, "duplicate": .duplicate,
    "stale": .stale, "doubted": .doubted, "overruled": .overruled,
  ]

  private static func pairs(_ refused: [RunID: String]) -> [String] {
    refused.sorted { $0.key < $1.key }.flatMap { [$0.key.name, $0.value] }
  }

  private func claimed(
    _ word: String, _ values: ArraySlice<String>, of script: Script
  ) throws(StoreError) -> Claimed {
    switch word {
    case "none": return .nothing
    case "left": return .leftToOthers
    case "claimed" where values.count == 2:
      return .task(
        Claim(
          task: try task(values[values.startIndex], at: keys.tasks),
          submission: values[values.startIndex + 1]))
    default: throw ScriptOutcome(word: word, values: values).unexpected(from: script)
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
