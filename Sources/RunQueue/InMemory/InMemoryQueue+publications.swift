/// What the controller asks for.
extension InMemoryQueue {
  mutating func nextUpdate() -> IterationID? {
    while let message = updates.first {
      if let run = runs[message.run], run.hasReduced(message.iteration) {
        if run.phase != .paused { return message }
        runs[message.run]?.parked = message
      }
      updates.removeFirst()
    }
    return nil
  }

  mutating func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) -> Bool {
    guard !isDisplaced(leader, from: .controller), updates.first == update,
      isSubmission(publication.submission, of: update.run)
    else { return false }
    updates.removeFirst()
    guard var run = runs[update.run], run.hasReduced(update.iteration) else { return false }
    if run.phase == .paused {
      runs[update.run]?.parked = update
      return false
    }
    if let weights = publication.weights { run.hashes[.weights] = weights }
    if let partitions = publication.partitions { run.hashes[.partitions] = partitions }
    run.hashes[.checkpoint, default: [:]].merge(publication.checkpoint) { $1 }
    run.phase = .running
    run.iteration = publication.iteration ?? update.iteration + 1
    run.expected = publication.taskCount
    run.lost = [:]
    run.returns = [:]
    runs[update.run] = run
    let next = IterationID(run: update.run, iteration: run.iteration)
    tasks.queueInTurn((0..<run.expected).map { TaskID(iteration: next, index: $0) })
    return true
  }

  mutating func end(
    _ update: IterationID, as ending: RunEnding, by leader: String?
  ) -> Bool {
    guard !isDisplaced(leader, from: .controller), updates.first == update,
      isSubmission(ending.submission, of: update.run)
    else { return false }
    updates.removeFirst()
    guard let run = runs[update.run], run.hasReduced(update.iteration) else { return false }
    runs[update.run]?.phase = ending.phase
    runs[update.run]?.message = ending.message
    runs[update.run]?.lost = [:]
    return true
  }
}
