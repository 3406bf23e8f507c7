import ArchitectureSearch
import Logging
import RunPlan
import RunQueue

/// The controller: looks at a reduced iteration, reads what comes next needs, searches, publishes.
///
/// Where search steps come a batch late, it remembers the one that it has taken ahead.
public struct Controller {
  private let store: any ControllerStore
  private let logger: Logger
  private let lead: Lead?
  private(set) var prepared = PreparedSteps()
  private var drawn: DrawnController?

  /// A controller for every run of the queue in `store`.
  ///
  /// - Parameters:
  ///   - store: the queue.
  ///   - logger: told of runs that finish or fail.
  ///   - lead: the lead without which nothing is published; nil if there is no other.
  public init(store: any ControllerStore, logger: Logger, lead: Lead? = nil) {
    self.store = store
    self.logger = logger
    self.lead = lead
  }

  /// Publishes what follows one update if one is there within `timeout` seconds.
  public mutating func step(timeout: Double) throws(StoreError) {
    guard let update = try store.nextUpdate(timeout: timeout) else { return }
    let submission = try store.fields([Submission.field], in: .state, of: update.run)[0] ?? ""
    do {
      try advance(update, of: submission)
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      logger.error("run failed", metadata: ["iteration": "\(update)", "reason": "\(error)"])
      do throws(StoreError) {
        let ending = RunEnding(.failed, message: "\(error)", of: submission)
        _ = try store.end(update, as: ending, by: lead?.name)
      } catch {
        // A run whose very state is damaged is passed over by the next look.
        guard error.concernsOneRun else { throw error }
      }
    }
  }

  private mutating func advance(_ update: IterationID, of submission: String) throws {
    let configuration = try RunConfiguration(store.fields(.config, of: update.run))
    let next = update.iteration + 1
    guard next <= configuration.iterations else {
      return try finish(update, of: submission, configuration)
    }
    var publication = try publication(of: next, update.run, configuration)
    publication.submission = submission
    let published = try store.publish(publication, after: update, by: lead?.name)
    if !published { lead?.doubt() }
    logger.debug(
      published
        ? "published" : "not published: another controller leads, or the run is held or over",
      metadata: [
        "run": "\(update.run)", "iteration": "\(publication.iteration ?? next)",
        "tasks": "\(publication.taskCount)",
      ])
    if published { prepared.prepare(after: publication, of: next, update.run, configuration) }
  }

  private func finish(
    _ update: IterationID, of submission: String, _ configuration: RunConfiguration
  ) throws {
    let ending = RunEnding(
      .finished, message: try message(update, configuration), of: submission)
    let ended = try store.end(update, as: ending, by: lead?.name)
    guard ended else {
      lead?.doubt()
      return
    }
    logger.notice("run finished", metadata: ["run": "\(update.run)"])
  }

  /// Why a run is finished.
  private func message(_ update: IterationID, _ configuration: RunConfiguration) throws -> String {
    guard let goal = configuration.stopAtReturn,
      let mean = try finalists(of: update.run, configuration, after: update.iteration)
        .reached(configuration)
    else { return "\(configuration.iterations) iterations" }
    return "mean return \(mean) reached --stop-at-return \(goal)"
  }

  private func finalists(
    of run: RunID, _ configuration: RunConfiguration, after iterations: Int
  ) throws -> Finalists {
    let names = Finalists.fieldNames(limit: configuration.finalists)
    return try Finalists(store.fields(names, in: .checkpoint, of: run), after: iterations)
  }

  private mutating func publication(
    of next: Int, _ run: RunID, _ configuration: RunConfiguration
  ) throws -> Publication {
    let phase = SearchPhase(configuration: configuration)
    let schedule = TaskSchedule(configuration)
    if next == 0 { return phase.begin() }
    if schedule.isFinal(next) || configuration.stopAtReturn != nil {
      let finalists = try finalists(of: run, configuration, after: next)
      if schedule.isFinal(next) || finalists.reached(configuration) != nil {
        return try phase.comparison(finalists)
      }
    }
    guard schedule.endsBatch(next - 1) else { return phase.continuation() }
    let theta = try store.fields([ControllerField.name], in: .checkpoint, of: run)[0]
    guard configuration.controller.evidence == .latents else {
      return try searchStep(to: next, run, theta: theta, configuration)
    }
    guard
      let controller = try ControllerField.controller(in: theta, configuration)
        as? any LatentController
    else {
      throw DamagedFields(
        field: ControllerField.name, reason: "is of a controller that does not cluster")
    }
    let weights = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    guard weights.form == .latent else {
      throw DamagedFields(field: "latents", reason: "is missing, expected until iteration \(next)")
    }
    return phase.clusteringStep(to: next, controller: controller, weights: weights)
  }

  private mutating func searchStep(
    to next: Int, _ run: RunID, theta: String?, _ configuration: RunConfiguration
  ) throws -> Publication {
    let batch = try store.fields(.partitions, of: run)
    let evidence = SearchEvidence(theta: theta, fields: batch, configuration)
    var publication =
      try prepared.publication(of: next, run, configuration, evidence)
      ?? newStep(to: next, from: evidence, configuration)
    if configuration.searchLag != nil {
      let previous = try PartitionBatch.asPrevious(
        batch, count: TaskSchedule(configuration).batchSize)
      publication.partitions?.merge(previous) { $1 }
    }
    return publication
  }

  private mutating func newStep(
    to next: Int, from evidence: SearchEvidence, _ configuration: RunConfiguration
  ) throws -> Publication {
    var controller = try controller(in: evidence.theta, configuration)
    let publication = try SearchPhase(configuration: configuration).searchStep(
      to: next, from: evidence, by: &controller)
    drawn = publication.checkpoint[ControllerField.name].map {
      DrawnController(theta: $0, controller: controller)
    }
    return publication
  }

  /// The controller of a checkpoint: the one that has just drawn its batch, if this is its θ, or a new one.
  private mutating func controller(
    in theta: String?, _ configuration: RunConfiguration
  ) throws -> any PartitionController {
    defer { drawn = nil }
    if let drawn, drawn.theta == theta { return drawn.controller }
    return try ControllerField.controller(in: theta, configuration)
  }
}

/// The controller that drew the last batch, with what it has kept for the step that ends it.
///
/// One for all runs: where several take turns, each is read from its checkpoint.
private struct DrawnController {
  let theta: String
  let controller: any PartitionController
}
