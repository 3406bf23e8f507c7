import RunQueue

extension QueueLedger {
  /// Whether the run goes on and no evaluator is alive that can run it.
  public func isStarved(_ run: RunLedger) -> Bool {
    guard let phase = try? run.standing.get().phase, phase == .running else { return false }
    return !(look?.overview.alive ?? []).contains { $0.cannotRun[run.name] == nil }
  }
}
