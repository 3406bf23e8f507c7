import Foundation
import RunPlan
import RunQueue
import TerminalProgress

/// Follows one run in the store and turns it into figures for people.
struct RunMonitor {
  let run: RunID
  let configuration: RunConfiguration
  private(set) var history: [HistoryEntry] = []
  private(set) var phase = RunPhase.submitted
  private(set) var message = ""
  /// Why the last failed evaluation failed, nil if none has.
  private(set) var lastFailure: String?

  private let store: any RunStore
  private let start = Date()
  /// Iterations of former sessions: nobody here saw when they ended.
  private let found: Int
  /// When iterations ended.
  private(set) var timing: TimingLog
  /// When history entries were first seen, for rates; entries found at the start share one moment.
  private var seen: [(iteration: Int, steps: Int, at: Date)] = []

  /// - Parameter timing: when iterations of former sessions ended.
  init(_ run: RunID, store: any RunStore, timing: TimingLog = TimingLog()) throws {
    self.run = run
    self.timing = timing
    self.store = store
    configuration = try RunReport(run, store: store).configuration
    found = try store.history(of: run, from: 0).count
  }

  /// Looks again; true if an iteration was finished or the phase changed since the last look.
  mutating func look() throws -> Bool {
    let report = try RunReport(run, store: store)
    let lines = try store.history(of: run, from: history.count)
    let entries = lines.compactMap(HistoryEntry.init(line:))
    let changed = !entries.isEmpty || report.phase != phase
    phase = report.phase
    message = report.message
    lastFailure = try store.lastFailure(of: run)
    if history.count >= found {
      let evaluations = TaskSchedule(configuration).trainingCount
      timing.note(entries, after: history.last, evaluations: evaluations)
    }
    history += entries
    if let last = entries.last {
      seen.append((last.iteration, last.environmentSteps, Date()))
      seen = seen.suffix(12)
    }
    return changed
  }

  /// Whether the run will not go on by itself.
  var hasEnded: Bool { phase.isOver || phase == .suspended }

  /// Evaluations of finished iterations that failed.
  var failureCount: Int { history.reduce(0) { $0 + $1.failed } }

  /// How many evaluations failed and why the last one did, nil if none has.
  var failures: String? {
    guard failureCount > 0 else { return nil }
    let count = TaskSchedule(configuration).trainingCount * history.count
    let reason = lastFailure.map { ", the last: \($0)" } ?? ""
    return "\(failureCount) of \(count) evaluations\(reason)"
  }

  /// The end of the run before its last iteration, nil if it has none.
  private var stop: EarlyStop? { EarlyStop(configuration, last: history.last) }

  /// When and why the run ended before its last iteration, nil if it did not.
  var stopped: String? { stop?.text(planned: configuration.iterations) }

  /// How the run ended, as the end of a sentence.
  var ending: String {
    let how = phase == .failed ? "failed" : "was \(phase.rawValue)"
    return message.isEmpty || phase == .cancelled ? how : "\(how): \(message)"
  }

  /// The figures of the moment.
  func progress() throws -> TrainingProgress {
    let overview = try store.overview()
    var progress = TrainingProgress(
      runName: run.name, environment: configuration.environment.id,
      iterations: configuration.iterations)
    progress.iteration = history.count
    progress.isStopped = stop != nil
    progress.meanReturn = history.last?.mean
    progress.maxReturn = history.last?.max
    progress.proposalReturn = history.last?.proposal
    progress.failedEvaluations = history.last?.failed ?? 0
    progress.meanReturns = history.map(\.mean)
    progress.searchSteps = history.filter(\.searchStep).map(\.iteration)
    progress.evaluatorsAlive = overview.alive.count
    progress.pendingTasks = overview.pending
    progress.leasedTasks = overview.leased
    let count = Double(TaskSchedule(configuration).trainingCount)
    progress.fractionOfIteration = max(0, 1 - Double(overview.pending + overview.leased) / count)
    progress.secondsElapsed = Date().timeIntervalSince(start)
    if let (secondsPerIteration, rate) = pace {
      progress.environmentStepsPerSecond = rate
      progress.secondsLeft =
        progress.isFinished
        ? nil : secondsPerIteration * (1 - progress.fraction) * Double(progress.iterations)
    }
    if !hasEnded, overview.atWork.isEmpty, progress.secondsElapsed > 5 {
      progress.warning =
        overview.alive.isEmpty
        ? "no evaluator is connected: start one with chromatic-evaluator"
        : "all evaluators are drained: start another one with chromatic-evaluator"
    } else if !hasEnded, let refusal = EvaluatorRefusals(overview, of: run).lines.first {
      progress.warning = refusal
    } else if let lastFailure, history.isEmpty || progress.failedEvaluations > 0 {
      progress.warning = "an evaluation failed: \(lastFailure)"
    }
    return progress
  }

  /// Seconds per iteration and environment steps per second over the last iterations seen.
  private var pace: (Double, Double)? {
    guard let first = seen.first, let last = seen.last, last.iteration > first.iteration else {
      return nil
    }
    let seconds = last.at.timeIntervalSince(first.at)
    guard seconds > 0 else { return nil }
    return (
      seconds / Double(last.iteration - first.iteration),
      Double(last.steps - first.steps) / seconds
    )
  }
}
