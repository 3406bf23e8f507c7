import MetricsExposition

/// The metrics of a queue, each with the label `queue`; a row each.
public enum QueueMetric: String, CaseIterable, Sendable {
  case redisUp = "chromatic_redis_up"
  case redisMemoryUsed = "chromatic_redis_memory_used_bytes"
  case redisMemoryLimit = "chromatic_redis_memory_limit_bytes"
  case redisFileEnabled = "chromatic_redis_aof_enabled"
  case redisFileWritten = "chromatic_redis_aof_last_write_ok"
  case tasksPending = "chromatic_tasks_pending"
  case tasksLeased = "chromatic_tasks_leased"
  case tasksDead = "chromatic_tasks_dead"
  case oldestTaskAge = "chromatic_oldest_task_age_seconds"
  case resultsWaiting = "chromatic_results_waiting"
  case updatesWaiting = "chromatic_updates_waiting"
  case leaderAge = "chromatic_leader_age_seconds"
  case evaluators = "chromatic_evaluators"
  case evaluatorSlots = "chromatic_evaluator_slots"
  case evaluatorBusySlots = "chromatic_evaluator_busy_slots"
  case evaluatorEvaluations = "chromatic_evaluator_evaluations_total"
  case evaluatorLastSeen = "chromatic_evaluator_last_seen_seconds"
  case runs = "chromatic_runs"
  case runsDamaged = "chromatic_runs_damaged"
  case runPaused = "chromatic_run_paused"
  case runStarved = "chromatic_run_starved"
  case runIteration = "chromatic_run_iteration"
  case runIterationsPlanned = "chromatic_run_iterations_planned"
  case runIterationSeconds = "chromatic_run_iteration_seconds"
  case runMeanReturn = "chromatic_run_mean_return"
  case runBestReturn = "chromatic_run_best_return"
  case runControllerEntropy = "chromatic_run_controller_entropy_nats"
  case runEvaluations = "chromatic_run_evaluations_total"
  case runFailures = "chromatic_run_failures_total"
  case runRetries = "chromatic_run_retries_total"
  case runEnvironmentSteps = "chromatic_run_environment_steps_total"

  /// The metric as Prometheus knows it.
  public var family: MetricFamily {
    MetricFamily(rawValue, rawValue.hasSuffix("_total") ? .counter : .gauge, help: help)
  }

  private var help: String {
    switch self {
    case .redisUp: "Whether Redis answers, 0 or 1."
    case .redisMemoryUsed: "Bytes that Redis uses."
    case .redisMemoryLimit: "Bytes that Redis may use (maxmemory), 0 for no limit."
    case .redisFileEnabled: "Whether Redis keeps an append-only file, 0 or 1."
    case .redisFileWritten: "Whether the last write to the append-only file succeeded, 0 or 1."
    case .tasksPending: "Evaluations that wait for an evaluator."
    case .tasksLeased: "Evaluations in flight."
    case .tasksDead: "Evaluations and messages that were given up and are listed, at most 1000."
    case .oldestTaskAge: "Seconds for which the same task has been seen at the head of the queue."
    case .resultsWaiting: "Iterations that wait for the aggregator."
    case .updatesWaiting: "Iterations that wait for the controller."
    case .leaderAge:
      "Seconds for which the same service has been seen to lead; absent if none leads."
    case .evaluators: "Evaluators that sent a heartbeat within 10 seconds."
    case .evaluatorSlots: "Evaluations that an evaluator does at a time."
    case .evaluatorBusySlots: "Evaluations that an evaluator holds."
    case .evaluatorEvaluations: "Evaluations that an evaluator has done, failed ones included."
    case .evaluatorLastSeen: "Seconds since an evaluator's last heartbeat, for at most 5 minutes."
    case .runs: "Runs by phase."
    case .runsDamaged: "Runs whose keys hold what they should not."
    case .runPaused: "Whether an operator or a failed iteration holds a run, 0 or 1."
    case .runStarved: "Whether a run that goes on has no evaluator that can run it, 0 or 1."
    case .runIteration: "Iterations of evolution strategies that a run has done."
    case .runIterationsPlanned: "Iterations of evolution strategies that a run will do."
    case .runIterationSeconds: "Seconds that an iteration of a run takes at present."
    case .runMeanReturn: "Mean return of the perturbed policies in the last iteration."
    case .runBestReturn: "Mean return of the best policy so far, over its own evaluation."
    case .runControllerEntropy: "Entropy per edge of a run's controller, in nats."
    case .runEvaluations: "Evaluations of a run that have a result, failed ones included."
    case .runFailures: "Evaluations of a run that failed, by the kind of the last known reason."
    case .runRetries: "Evaluations of a run that were queued again, as far as they were seen."
    case .runEnvironmentSteps: "Environment steps of a run in the iterations that are reduced."
    }
  }
}
