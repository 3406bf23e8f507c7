import Dashboard
import ReadableNumbers

/// A queue in lines for people.
enum StatusText {
  static func lines(_ status: StatusView) -> [String] {
    let queue = status.queue
    return ["queue \(queue.queue) on \(queue.server)"] + lists(queue) + leaders(queue)
      + ["  evaluators"] + evaluators(queue)
      + ["  runs"] + status.runs.map { "    \(run($0))" }
      + queue.warnings.map { "warning: \($0)" }
  }

  private static func lists(_ queue: QueueView) -> [String] {
    guard let counts = queue.counts else { return [] }
    return [
      "  tasks    \(counts.pending) pending, \(counts.leased) leased, \(counts.dead) dead",
      "  results  \(counts.results) iterations to reduce",
      "  updates  \(counts.updates) iterations to follow up",
    ]
  }

  private static func leaders(_ queue: QueueView) -> [String] {
    ["controller", "aggregator"].map { "  \($0) \(queue.leaders[$0]?.name ?? "none")" }
  }

  private static func evaluators(_ queue: QueueView) -> [String] {
    let alive = queue.evaluators.map { evaluator in
      let slots = evaluator.slots.map { "\(evaluator.busy) of \($0) slots busy" }
      let done = evaluator.evaluations.map { "\($0.grouped) evaluations" }
      let failed = evaluator.failed.flatMap { $0 > 0 ? "\($0.grouped) failed" : nil }
      let about = [evaluator.drained ? "drained" : nil, slots, done, failed].compactMap(\.self)
        .joined(separator: ", ")
      return "    \(evaluator.name)  seen \(seconds(evaluator.seenSeconds)) ago  \(about)"
    }
    let silent = queue.silent.map {
      "    \($0.name)  silent for \(seconds($0.seenSeconds)): it has ended or its link is down"
    }
    return alive.isEmpty && silent.isEmpty ? ["    none"] : alive + silent
  }

  private static func run(_ run: RunsView.Row) -> String {
    guard let iteration = run.iteration, let iterations = run.iterations else {
      return damage(run)
    }
    let ending = run.ending.isEmpty ? "" : "  \(run.ending)"
    return "\(run.name)  \(run.phase)  \(iteration)/\(iterations)\(ending)"
  }

  /// What is wrong with a run that cannot be read, and what to do with it.
  static func damage(_ run: RunsView.Row) -> String {
    "\(run.name)  damaged: \(run.problem ?? "its keys cannot be read"); 'chromatic cancel' ends it if "
      + "it is not over, 'chromatic forget' removes it"
  }

  private static func seconds(_ seconds: Double) -> String { "\(seconds.text(decimals: 0)) s" }
}
