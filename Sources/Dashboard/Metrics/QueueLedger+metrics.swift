import CoreMetrics
import MetricsExposition
import RunPlan
import RunQueue

/// A queue's figures as metrics. What cannot be known now is not recorded.
extension QueueLedger {
  /// The figures as Prometheus' text.
  public var exposition: String {
    let registry = MetricRegistry(QueueMetric.allCases.map(\.family))
    record(in: registry)
    return registry.text
  }

  /// Records the figures with any backend of swift-metrics that begins empty.
  public func record(in factory: any MetricsFactory) {
    let recorder = MetricRecorder(factory, labels: [("queue", queue)])
    guard let look, outage == nil else {
      if outage != nil { recorder.set(.redisUp, 0) }
      return
    }
    recorder.set(.redisUp, 1)
    recordServer(look.server, recorder)
    let overview = look.overview
    recorder.set(.tasksPending, overview.pending)
    recorder.set(.tasksLeased, overview.leased)
    recorder.set(.tasksDead, overview.dead)
    recorder.set(.oldestTaskAge, oldestTaskSeconds)
    recorder.set(.resultsWaiting, overview.results)
    recorder.set(.updatesWaiting, overview.updates)
    for role in LeaderRole.allCases {
      recorder.labelled([("service", role.rawValue)]).set(.leaderAge, leadSeconds(role))
    }
    recordEvaluators(look, recorder)
    recordRuns(recorder)
  }

  private func recordServer(_ server: ServerFigures?, _ recorder: MetricRecorder) {
    recorder.set(.redisMemoryUsed, server?.memoryUsed)
    recorder.set(.redisMemoryLimit, server?.memoryLimit)
    recorder.set(.redisFileEnabled, server?.keepsFile)
    // A server that keeps no file says that its last write succeeded.
    if server?.keepsFile == true {
      recorder.set(.redisFileWritten, server?.lastWriteSucceeded)
    }
  }

  private func recordEvaluators(_ look: QueueLook, _ recorder: MetricRecorder) {
    recorder.set(.evaluators, look.overview.alive.count)
    for evaluator in look.overview.evaluators {
      let own = recorder.labelled([("evaluator", evaluator.name)])
      own.set(.evaluatorLastSeen, evaluator.age)
      guard evaluator.age < QueueOverview.evaluatorTimeout else { continue }
      let status = paces[evaluator.name]?.status
      own.set(.evaluatorSlots, status?.slots)
      own.set(.evaluatorBusySlots, look.busy[evaluator.name] ?? 0)
      own.set(.evaluatorEvaluations, status?.evaluations)
    }
  }

  private func recordRuns(_ recorder: MetricRecorder) {
    let standings = runs.values.compactMap { try? $0.standing.get() }
    for phase in RunPhase.allCases {
      recorder.labelled([("phase", phase.rawValue)])
        .set(.runs, standings.count { $0.phase == phase })
    }
    recorder.set(.runsDamaged, runs.count - standings.count)
    for run in runs.values {
      guard let standing = try? run.standing.get() else { continue }
      record(run, standing, recorder)
    }
  }

  private func record(_ run: RunLedger, _ standing: RunStanding, _ recorder: MetricRecorder) {
    let configuration = standing.configuration
    let own = recorder.labelled([
      ("run", run.name), ("environment", configuration.environment.id),
    ])
    own.set(.runPaused, standing.phase == .paused || standing.phase == .suspended)
    own.set(.runStarved, isStarved(run))
    own.set(.runIteration, standing.iterationsDone)
    own.set(.runIterationsPlanned, configuration.iterations)
    own.set(.runIterationSeconds, run.iterationSeconds)
    own.set(.runMeanReturn, run.newest?.mean)
    own.set(.runBestReturn, run.policy?.evaluation?.mean)
    own.set(.runControllerEntropy, run.newest?.entropy)
    own.set(.runEvaluations, run.evaluations)
    own.set(.runRetries, run.retries)
    own.set(.runEnvironmentSteps, run.newest?.environmentSteps)
    guard run.isComplete else { return }
    for reason in FailureReason.allCases {
      own.labelled([("reason", reason.rawValue)])
        .set(.runFailures, run.failures[reason] ?? 0)
    }
  }
}

/// Gives metrics their values, under labels.
private struct MetricRecorder {
  let factory: any MetricsFactory
  let labels: [(String, String)]

  init(_ factory: any MetricsFactory, labels: [(String, String)]) {
    self.factory = factory
    self.labels = labels
  }

  func labelled(_ more: [(String, String)]) -> MetricRecorder {
    MetricRecorder(factory, labels: labels + more)
  }

  func set(_ metric: QueueMetric, _ value: Int?) {
    guard let value else { return }
    switch metric.family.kind {
    case .counter:
      Counter(label: metric.rawValue, dimensions: labels, factory: factory).increment(by: value)
    case .gauge:
      Gauge(label: metric.rawValue, dimensions: labels, factory: factory).record(value)
    }
  }

  func set(_ metric: QueueMetric, _ value: Bool?) { set(metric, value.map { $0 ? 1 : 0 }) }

  func set(_ metric: QueueMetric, _ value: Double?) {
    guard let value else { return }
    Gauge(label: metric.rawValue, dimensions: labels, factory: factory).record(value)
  }
}
