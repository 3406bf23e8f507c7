import Dispatch
import Environments
import Foundation
import Logging
import RunProtocol

/// One worker of an evaluator: claims a task, plays its episode, delivers the return.
///
/// Belongs to one thread.
final class EvaluatorSlot {
  private let name: String
  private let store: any RunStore
  private let environments: EnvironmentMaker
  private let work: EvaluatorWork
  private let lease: Double
  private let logger: Logger
  private var cache: RunCache?

  init(
    name: String, store: any RunStore, environments: @escaping EnvironmentMaker,
    work: EvaluatorWork,
    lease: Double, logger: Logger
  ) {
    self.name = name
    self.store = store
    self.environments = environments
    self.work = work
    self.lease = lease
    self.logger = logger
  }

  /// Evaluates one task, or waits up to `timeout` seconds for one to come.
  func step(timeout: Double) throws(StoreError) {
    if work.isDraining { return Thread.sleep(forTimeInterval: 0.05) }
    guard let task = try store.claim(by: name, lease: lease) else {
      _ = try store.waitForTasks(timeout: timeout)
      return
    }
    work.begin(task)
    defer { work.end(task) }
    guard let result = try evaluate(task) else { return try store.release([task], by: name) }
    let completion = try store.complete(task, result: result.text)
    work.count(result)
    logger.trace("evaluated", metadata: ["task": "\(task)", "completion": "\(completion)"])
  }

  /// The result of a task; nil if its iteration is over, so that nobody needs it any more.
  private func evaluate(_ task: TaskID) throws(StoreError) -> EvaluationResult? {
    do {
      let cache = try cache(for: task.iteration.run)
      guard try load(task, into: cache) else { return nil }
      let start = DispatchTime.now().uptimeNanoseconds
      let episode = try cache.rollout.run(
        TaskEvaluation(configuration: cache.configuration, task: task).episode)
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      return .finished(
        EvaluationResult.Episode(
          totalReward: episode.totalReward, steps: episode.steps, seconds: seconds,
          observations: episode.observations))
    } catch let error as StoreError {
      throw error
    } catch {
      logger.error("evaluation failed", metadata: ["task": "\(task)", "reason": "\(error)"])
      return .failed("\(error)".replacing("\n", with: " "))
    }
  }

  private func cache(for run: RunID) throws -> RunCache {
    if let cache, cache.run == run { return cache }
    let fresh = try RunCache(run, store: store, environments: environments)
    cache = fresh
    return fresh
  }

  /// Loads the task's policy into the slot's network; false if the iteration is over.
  private func load(_ task: TaskID, into cache: RunCache) throws -> Bool {
    let configuration = cache.configuration
    let schedule = TaskSchedule(configuration)
    let iteration = task.iteration.iteration
    guard let kind = schedule.kind(iteration: iteration, index: task.index) else {
      throw EnvironmentFailure("task \(task) is not in the run's schedule")
    }
    if case .finalist(let number) = kind {
      guard let policy = try cache.finalist(number, store: store) else { return false }
      cache.rollout.network.load(
        parameters: policy.parameters, partition: policy.partition,
        normalisation: policy.normalisation)
      return true
    }
    guard let field = TaskEvaluation.partitionField(kind),
      let weights = try cache.weights(of: iteration, store: store),
      let decisions = try cache.partition(
        field, batch: schedule.batch(of: iteration), store: store)
    else { return false }
    let parameters = TaskEvaluation(configuration: configuration, task: task)
      .parameters(kind, weights: weights)
    cache.rollout.network.load(
      parameters: Array(parameters.dropLast(configuration.maskScoreCount)),
      partition: configuration.partition(decisions, parameters: parameters),
      normalisation: weights.normalisation(configuration))
    return true
  }
}
