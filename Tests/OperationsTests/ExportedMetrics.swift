/// The metrics of the dashboard's /metrics with their labels; `queue` is on all of them.
enum ExportedMetrics {
  static let labels: [String: Set<String>] = [
    "chromatic_redis_up": [], "chromatic_tasks_pending": [], "chromatic_tasks_leased": [],
    "chromatic_tasks_dead": [], "chromatic_oldest_task_age_seconds": [],
    "chromatic_results_waiting": [], "chromatic_updates_waiting": [],
    "chromatic_evaluators": [], "chromatic_evaluator_slots": ["evaluator"],
    "chromatic_evaluator_busy_slots": ["evaluator"],
    "chromatic_evaluator_evaluations_total": ["evaluator"],
    "chromatic_evaluator_last_seen_seconds": ["evaluator"],
    "chromatic_leader_age_seconds": ["service"], "chromatic_runs": ["phase"],
    "chromatic_runs_damaged": [], "chromatic_run_paused": ["run", "environment"],
    "chromatic_run_starved": ["run", "environment"],
    "chromatic_run_iteration": ["run", "environment"],
    "chromatic_run_iterations_planned": ["run", "environment"],
    "chromatic_run_mean_return": ["run", "environment"],
    "chromatic_run_best_return": ["run", "environment"],
    "chromatic_run_controller_entropy_nats": ["run", "environment"],
    "chromatic_run_evaluations_total": ["run", "environment"],
    "chromatic_run_failures_total": ["run", "environment", "reason"],
    "chromatic_run_retries_total": ["run", "environment"],
    "chromatic_run_environment_steps_total": ["run", "environment"],
    "chromatic_run_iteration_seconds": ["run", "environment"],
    "chromatic_redis_memory_used_bytes": [], "chromatic_redis_memory_limit_bytes": [],
    "chromatic_redis_aof_enabled": [], "chromatic_redis_aof_last_write_ok": [],
  ]

  /// What a PromQL expression names that is not exported: metrics, and labels of its selectors.
  static func unknown(in expression: String) -> [String] {
    var unknown: [String] = []
    for match in expression.matches(of: /\b(?<name>chromatic_[a-z_]+)(\{(?<matchers>[^}]*)\})?/) {
      let name = String(match.output.name)
      guard let labels = labels[name] else {
        unknown.append(name)
        continue
      }
      let matchers = String(match.output.matchers ?? "")
      for label in matchers.matches(of: /(?<name>[a-z_]+)\s*(=~|!~|!=|=)/) {
        let label = String(label.output.name)
        if label != "queue", !labels.contains(label) { unknown.append("\(name){\(label)}") }
      }
    }
    return unknown
  }
}
