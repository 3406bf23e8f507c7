import RunQueue

/// What the controller asks for; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func nextUpdate(timeout: Double) throws(StoreError) -> IterationID? {
    try next(.nextUpdate, of: keys.updates, timeout: timeout)
  }

  public func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    let run = update.run
    let next = IterationID(
      run: run, iteration: publication.iteration ?? update.iteration + 1)
    let hashes: [RunHash] = [.state, .weights, .partitions, .checkpoint]
    let parts = [publication.weights, publication.partitions, publication.checkpoint]
    try limits.check(effects: parts, of: next)
    let outcome = try self.run(
      .publish,
      keys: [keys.updates, keys.tasks, keys.runs] + hashes.map { keys.hash($0, of: run) }
        + [keys.lost(of: run), keys.returns(of: next), keys.leaders],
      ["\(update)", run.name, String(update.iteration), String(publication.taskCount)]
        + parts.map { String($0?.count ?? -1) }
        + [leader ?? "", Self.fence(publication.submission), String(next.iteration)]
        + parts.flatMap { Self.flatten($0 ?? [:]) })
    return try decision(outcome, yes: "published", of: .publish)
  }

  public func end(
    _ update: IterationID, as ending: RunEnding, by leader: String?
  ) throws(StoreError) -> Bool {
    let outcome = try run(
      .end,
      keys: [
        keys.updates, keys.runs, keys.hash(.state, of: update.run), keys.lost(of: update.run),
        keys.leaders,
      ],
      [
        "\(update)", update.run.name, String(update.iteration), ending.phase.rawValue,
        ending.message, leader ?? "", Self.fence(ending.submission),
      ])
    return try decision(outcome, yes: "ended", of: .end)
  }
}
