import RunQueue

/// All that a run leaves behind and that must not depend on what befell the ring.
struct RunOutcome: Hashable {
  var phase: RunPhase?
  var hashes: [RunHash: Fields] = [:]
  var history: [String] = []

  init(of run: RunID, in store: any RunStore) throws(StoreError) {
    phase = try store.runs()[run]
    for hash in [RunHash.state, .weights, .partitions, .checkpoint] {
      hashes[hash] = try store.fields(hash, of: run)
    }
    // Every submission has a mark of its own.
    hashes[.state]?[Submission.field] = nil
    history = try store.history(of: run, from: 0)
  }

  /// How this differs from what an undisturbed run leaves; nil if in nothing that it may not.
  func difference(from reference: RunOutcome) -> String? {
    if phase == .cancelled {
      return reference.history.starts(with: history)
        ? nil : "the history of a cancelled run is not the beginning of the undisturbed one's"
    }
    if phase != reference.phase {
      return "is \(phase.map { "\($0)" } ?? "absent"), undisturbed "
        + "\(reference.phase.map { "\($0)" } ?? "absent"): \(hashes[.state]?["message"] ?? "")"
    }
    if history != reference.history { return "the history differs" }
    for hash in RunHash.allCases where hashes[hash] != reference.hashes[hash] {
      return "the \(hash) hash differs"
    }
    return nil
  }
}
