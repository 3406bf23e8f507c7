import ArchitectureSearch
import ChromaticPolicy
import RunPlan
import RunQueue

/// The controller's pure core: from the rewards of a batch to the next batch of partitions.
struct SearchPhase {
  let configuration: RunConfiguration

  /// The run's first publication: a fresh controller, its first batch and zero weights.
  func begin() -> Publication {
    let controller = configuration.controller.make(
      edgeCount: configuration.searchSpace.decisionCount,
      classCount: configuration.searchSpace.choiceCount, seed: configuration.seed,
      settings: configuration.controllerSettings, given: configuration.givenPartition)
    return publication(of: controller, iteration: 0, report: nil)
  }

  /// The publication of `iteration`, which starts a new batch after a search step.
  ///
  /// - Parameters:
  ///   - controller: θ as the last batch was drawn from it.
  ///   - batch: the fields of that batch with its rewards.
  func searchStep(to iteration: Int, controller: any PartitionController, batch: Fields) throws
    -> Publication
  {
    let schedule = TaskSchedule(configuration)
    let partitions = try (0..<schedule.batchSize).map {
      try PartitionBatch.partition(String($0), of: batch, configuration)
    }
    let rewards = try PartitionBatch.rewards(of: batch, count: partitions.count)
    var controller = controller
    let report = controller.update(
      partitions: partitions, rewards: rewards, seed: configuration.seed,
      step: schedule.batch(of: iteration - 1))
    return publication(of: controller, iteration: iteration, report: report)
  }

  /// The publication of an iteration that goes on with the present batch.
  func continuation() -> Publication {
    Publication(
      taskCount: TaskSchedule(configuration).trainingCount, weights: nil, partitions: nil,
      checkpoint: [:])
  }

  /// The publication of the final comparison of the best policies.
  func comparison(_ finalists: Finalists) throws(NoUsablePolicy) -> Publication {
    guard !finalists.policies.isEmpty else { throw NoUsablePolicy() }
    return Publication(
      taskCount: finalists.policies.count * configuration.finalistEpisodes, weights: nil,
      partitions: nil,
      checkpoint: [:])
  }

  private func publication(
    of controller: any PartitionController, iteration: Int, report: SearchReport?
  ) -> Publication {
    let schedule = TaskSchedule(configuration)
    let batch = schedule.batch(of: iteration)
    let partitions = controller.sample(
      count: schedule.batchSize, seed: configuration.seed, step: batch)
    let used = partitions.reduce(0) { $0 + $1.usedClassCount }
    let record = SearchRecord(
      iteration: iteration, classesUsed: Double(used) / Double(partitions.count), report: report)
    return Publication(
      taskCount: schedule.trainingCount,
      weights: iteration == 0
        ? WeightsSnapshot(initialFor: configuration).fields(configuration) : nil,
      partitions: PartitionBatch.fields(
        number: batch, partitions: partitions, proposal: controller.proposal()),
      checkpoint: [
        ControllerField.name: ControllerField.text(controller),
        SearchRecord.field: record.text,
      ])
  }
}
