import RunQueue

/// What evaluators say in their heartbeats that their machines cannot run.
struct EvaluatorRefusals {
  /// A line for each evaluator and run, by their names.
  let lines: [String]

  /// What the evaluators that are alive cannot run, of `run` or of all runs.
  init(_ overview: QueueOverview, of run: RunID? = nil) {
    lines = overview.alive.flatMap { evaluator in
      evaluator.cannotRun.sorted { $0.key < $1.key }
        .filter { run == nil || $0.key == run?.name }
        .map { "\(evaluator.name) cannot run \($0.key): \($0.value)" }
    }
  }
}
