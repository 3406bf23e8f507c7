import RunQueue

extension QueueLedger {
  /// Whether the run goes on and no evaluator is alive that can run it.
  public func isStarved(_ run: RunLedger) -> Bool {
    guard let phase = try? run.standing.get().phase, phase == .running else { return false }
    return !(look?.overview.atWork ?? []).contains { $0.cannotRun[run.name] == nil }
  }

  /// What somebody should look after, each in a line with what to do.
  public var warnings: [String] {
    guard let look else { return [] }
    return missing(look.overview) + refusals(look.overview) + givenUp(look.overview)
      + look.damage.map { "\($0)" } + (look.server?.concerns ?? []) + troubles
  }

  private func missing(_ overview: QueueOverview) -> [String] {
    alarms.map { alarm in
      switch alarm {
      case .noEvaluator:
        "no evaluator is connected\(waiting(overview.pending)): start chromatic-evaluator"
      case .allDrained:
        "all evaluators are drained\(waiting(overview.pending)): start chromatic-evaluator, or let "
          + "one work again with: chromatic drain NAME --undo"
      case .noController: "updates wait: is chromatic-controller running?"
      case .noAggregator: "results wait: is chromatic-aggregator running?"
      }
    }
  }

  private func waiting(_ tasks: Int) -> String {
    tasks == 0 ? "" : ", \(tasks) task\(tasks == 1 ? " waits" : "s wait")"
  }

  /// What the evaluators that are alive cannot run.
  private func refusals(_ overview: QueueOverview) -> [String] {
    overview.alive.flatMap { evaluator in
      evaluator.cannotRun.sorted { $0.key < $1.key }
        .map { "\(evaluator.name) cannot run \($0.key): \($0.value)" }
    }
  }

  private func givenUp(_ overview: QueueOverview) -> [String] {
    overview.dead > 0 ? ["\(overview.dead) tasks were given up: see 'chromatic dead'"] : []
  }

  /// What holds runs up that are not over.
  private var troubles: [String] {
    runs.values.sorted { $0.name < $1.name }.flatMap { run -> [String] in
      guard let phase = try? run.standing.get().phase, !phase.isOver else { return [] }
      let suspended =
        phase == .suspended
        ? ["\(run.name) is suspended: mend that, then go on with: chromatic resume \(run.name)"]
        : []
      // Where nobody is at work that line alone is said.
      let starved =
        isStarved(run) && look?.overview.atWork.isEmpty == false
        ? ["\(run.name) is starved: no evaluator that is alive can run it"] : []
      return suspended + starved
        + (run.lastFailure.map { ["an evaluation of \(run.name) failed: \($0)"] } ?? [])
    }
  }
}
