import RunQueue

/// What evaluators ask for; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    try waitForElement(of: keys.tasks, timeout: timeout)
  }

  public func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    let outcome = try run(
      .claim, keys: queueKeys, [keys.prefix, evaluator] + Self.arguments(request))
    return try claimed(outcome.word, outcome.values, of: .claim)
  }

  public func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    var names = queueKeys + [keys.results]
    var arguments = [keys.prefix, evaluator, String(results.count)]
    var named: Set<IterationID> = []
    for result in results {
      let iteration = result.claim.task.iteration
      if named.insert(iteration).inserted {
        names += [
          keys.hash(.state, of: iteration.run), keys.returns(of: iteration),
          keys.failures(of: iteration.run),
        ]
      }
      arguments += [
        "\(result.claim.task)", limits.recorded(result.text),
        Self.fence(result.claim.submission),
      ]
    }
    return try receipt(
      run(.deliver, keys: names, arguments + (next.map(Self.arguments) ?? [])),
      of: results.count)
  }

  /// What became of `count` results.
  private func receipt(_ outcome: ScriptOutcome, of count: Int) throws(StoreError) -> Receipt {
    guard let looked = Int(outcome.word), (0...count).contains(looked),
      outcome.values.count >= looked
    else { throw outcome.unexpected(from: .deliver) }
    var completions: [Completion] = []
    for word in outcome.values.prefix(looked) {
      guard let completion = Self.completions[word] else {
        throw ScriptOutcome(word: word, values: []).unexpected(from: .deliver)
      }
      completions.append(completion)
    }
    let rest = outcome.values.dropFirst(looked)
    if looked < count {
      guard rest.first == "damaged", rest.count == 3 else {
        throw outcome.unexpected(from: .deliver)
      }
      let damage = StoreError.damaged(
        key: rest[rest.startIndex + 1], reason: rest[rest.startIndex + 2])
      return Receipt(completions, damage: damage)
    }
    guard let word = rest.first else { return Receipt(completions) }
    return Receipt(completions, next: try claimed(word, rest.dropFirst(), of: .deliver))
  }

  private static func arguments(_ request: ClaimRequest) -> [String] {
    [
      request.lease.formatted, String(TaskWindow.size), String(request.most),
      String(request.slots),
    ] + pairs(request.refused)
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
    case "claimed" where !values.isEmpty && values.count.isMultiple(of: 2):
      var claims: [Claim] = []
      for place in stride(from: values.startIndex, to: values.endIndex, by: 2) {
        claims.append(
          Claim(task: try task(values[place], at: keys.tasks), submission: values[place + 1]))
      }
      return .tasks(claims)
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
