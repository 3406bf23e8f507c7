import ArchitectureSearch
import Foundation
import Logging
import RunProtocol

/// The controller's shell: peeks at a reduced iteration, searches, publishes what comes next.
public struct Controller {
  let store: any RunStore
  let logger: Logger
  private let leadership: Leadership?

  /// A controller for every run of the queue in `store`.
  public init(store: any RunStore, logger: Logger) {
    self.init(store: store, logger: logger, leadership: nil)
  }

  /// - Parameter leadership: the lead without which nothing is published; nil if there is no other.
  init(store: any RunStore, logger: Logger, leadership: Leadership?) {
    self.store = store
    self.logger = logger
    self.leadership = leadership
  }

  /// Publishes what follows one update if one is there within `timeout` seconds.
  public func step(timeout: Double) throws(StoreError) {
    guard let update = try store.nextUpdate(timeout: timeout) else { return }
    do {
      try advance(update)
    } catch let error as StoreError where !error.concernsOneRun {
      throw error
    } catch {
      logger.error("run failed", metadata: ["iteration": "\(update)", "reason": "\(error)"])
      _ = try store.end(
        update, phase: .failed, message: "\(error)", by: leadership?.name)
    }
  }

  private func advance(_ update: IterationID) throws {
    let configuration = try RunConfiguration(store.fields(.config, of: update.run))
    let next = update.iteration + 1
    if next > configuration.iterations {
      let ended = try store.end(
        update, phase: .finished,
        message: "\(configuration.iterations) iterations", by: leadership?.name)
      if !ended { leadership?.doubt() }
      if ended { logger.notice("run finished", metadata: ["run": "\(update.run)"]) }
      return
    }
    let publication = try publication(of: next, update.run, configuration)
    let published = try store.publish(publication, after: update, by: leadership?.name)
    if !published { leadership?.doubt() }
    logger.debug(
      published
        ? "published" : "not published: another controller leads, or the run is held or over",
      metadata: [
        "run": "\(update.run)", "iteration": "\(next)", "tasks": "\(publication.taskCount)",
      ])
  }

  private func publication(of next: Int, _ run: RunID, _ configuration: RunConfiguration) throws
    -> Publication
  {
    let phase = SearchPhase(configuration: configuration)
    let schedule = TaskSchedule(configuration)
    if next == 0 { return phase.begin() }
    if schedule.isFinal(next) {
      let finalists = try Finalists(
        store.fields(
          Finalists.fieldNames(limit: configuration.finalists), in: .checkpoint, of: run))
      guard !finalists.policies.isEmpty else { throw NoUsablePolicy() }
      return phase.comparison(finalists: finalists.policies.count)
    }
    guard schedule.endsBatch(next - 1) else { return phase.continuation() }
    return try phase.searchStep(
      to: next, controller: controller(of: run, configuration),
      batch: store.fields(.partitions, of: run))
  }

  private func controller(
    of run: RunID, _ configuration: RunConfiguration
  ) throws -> any PartitionController {
    let field = SearchPhase.controllerField
    guard let text = try store.fields([field], in: .checkpoint, of: run)[0],
      let bytes = Data(base64Encoded: text)
    else { throw DamagedFields(field: field, reason: "is missing or not base 64") }
    let controller = try ControllerKind.restore(checkpoint: Array(bytes))
    let space = configuration.searchSpace
    let (edges, classes) = (space.decisionCount, space.choiceCount)
    guard controller.edgeCount == edges, controller.classCount == classes else {
      throw DamagedFields(
        field: field,
        reason: "is of \(controller.edgeCount) edges and \(controller.classCount) classes, "
          + "expected \(edges) and \(classes)")
    }
    return controller
  }
}
