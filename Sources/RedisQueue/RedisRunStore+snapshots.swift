import RunQueue

/// Snapshots of runs; documented in `OperatorStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot {
    let outcome = try self.run(
      .snapshot,
      keys: Self.order.map { keys.hash($0, of: run) } + [keys.history(of: run)],
      [keys.returnsPrefix(of: run)])
    if outcome.word == "unknown" { throw .noSuchRun(run) }
    guard outcome.word == "snapshot" else { throw outcome.unexpected(from: .snapshot) }
    var rest = outcome.values
    var hashes: [RunHash: Fields] = [:]
    for hash in Self.order { hashes[hash] = try Self.takeFields(&rest, outcome) }
    var returns: [Int: String] = [:]
    for (name, result) in try Self.takeFields(&rest, outcome) {
      guard let index = Int(name), index >= 0 else {
        throw .damaged(
          key: keys.returnsPrefix(of: run), reason: "'\(name)' is no index of an evaluation")
      }
      returns[index] = result
    }
    return RunSnapshot(name: run.name, hashes: hashes, returns: returns, history: Array(rest))
  }

  public func restore(_ snapshot: RunSnapshot, as run: RunID) throws(StoreError) {
    let position = try snapshot.checked(limits)
    let iteration = IterationID(run: run, iteration: position.iteration)
    let state = snapshot.state(of: run)
    let standing =
      position.phase.isOver
      ? "over" : state["parked"] == nil && position.phase != .suspended ? "going" : "parked"
    let returns = Fields(
      uniqueKeysWithValues: snapshot.returns.map { (String($0.key), $0.value) })
    let parts = [state] + Self.order.dropFirst().map(snapshot.fields) + [returns]
    let head: [String] = [
      run.name, "\(iteration)", String(limits.runsInProgress), String(limits.runsKept),
      position.phase.rawValue, standing, String(position.expected),
      snapshot.history.joined(separator: "\n"),
    ]
    let fields: [String] = parts.map { String($0.count) } + parts.flatMap(Self.flatten)
    let outcome = try self.run(.restore, keys: restoreKeys(iteration), head + fields)
    try checkTaken(outcome, is: "restored", run, .restore)
  }

  private func restoreKeys(_ iteration: IterationID) -> [String] {
    let run = iteration.run
    return [keys.runs, keys.forgotten, keys.tasks, keys.results, keys.updates]
      + Self.order.map { keys.hash($0, of: run) }
      + [
        keys.returns(of: iteration), keys.lost(of: run), keys.history(of: run),
        keys.failures(of: run),
      ]
  }

  /// The hashes in the order in which scripts take them.
  static let order: [RunHash] = [.state, .config, .weights, .partitions, .checkpoint]

  /// Takes a number of fields, then as many fields and values, from the front of a script's values.
  private static func takeFields(
    _ values: inout ArraySlice<String>, _ outcome: ScriptOutcome
  ) throws(StoreError) -> Fields {
    guard let count = values.popFirst().flatMap({ Int($0) }), count >= 0,
      values.count >= 2 * count
    else { throw outcome.unexpected(from: .snapshot) }
    var fields = Fields(minimumCapacity: count)
    for _ in 0..<count {
      guard let name = values.popFirst(), let value = values.popFirst() else { break }
      fields[name] = value
    }
    return fields
  }
}
