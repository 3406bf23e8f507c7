import ArchitectureSearch
import ChromaticPolicy
import Randomness
import RunPlan
import RunQueue

/// The controller's pure core: from what the last batch showed to the next batch of partitions.
struct SearchPhase {
  let configuration: RunConfiguration

  /// The run's first publication: a fresh controller, its first batch and the initial weights.
  func begin() -> Publication {
    var controller: any PartitionController = configuration.controller.make(
      edgeCount: configuration.searchSpace.decisionCount,
      classCount: configuration.searchSpace.choiceCount, seed: configuration.seed,
      settings: configuration.controllerSettings, given: configuration.givenPartition)
    let weights = WeightsSnapshot(initialFor: configuration)
    guard let latent = controller as? any LatentController else {
      return publication(of: &controller, iteration: 0, report: nil, weights: weights)
    }
    return clusteringStep(to: 0, controller: latent, weights: weights)
  }

  /// The publication of `iteration`, which starts a new batch after a search step.
  ///
  /// - Parameter evidence: θ as the last batch was drawn from it, and the batch that the step learns from:
  ///   that last one or, where steps come late, the one before.
  /// - Parameter controller: the one of the evidence's θ; on return the one that has drawn the new batch.
  func searchStep(
    to iteration: Int, from evidence: SearchEvidence, by controller: inout any PartitionController
  ) throws -> Publication {
    guard let batch = evidence.batch else {
      return publication(of: &controller, iteration: iteration, report: nil)
    }
    let schedule = TaskSchedule(configuration)
    let partitions = try (0..<schedule.batchSize).map {
      try PartitionBatch.partition(String($0), of: batch, configuration)
    }
    let step = schedule.batch(of: iteration - 1) - (configuration.searchLag ?? 0)
    var rewards = try PartitionBatch.rewards(of: batch, count: partitions.count)
    if configuration.shufflesRewards == true {
      var order = RandomStream(
        seed: configuration.seed, purpose: .rewardOrder, iteration: UInt32(step))
      rewards.shuffle(using: &order)
    }
    controller = stepping(controller, in: iteration - 1)
    let report = controller.update(
      partitions: partitions, rewards: rewards, seed: configuration.seed, step: step)
    return publication(of: &controller, iteration: iteration, report: report)
  }

  /// The controller with the step that the run has planned for the end of an iteration.
  private func stepping(
    _ controller: any PartitionController, in iteration: Int
  ) -> any PartitionController {
    guard let schedule = configuration.controllerStep,
      var stepping = controller as? any SteppingController
    else { return controller }
    stepping.learningRate = schedule.value(at: iteration, of: configuration.iterations)
    return stepping
  }

  /// The publication of `iteration`, whose classes are the clusters of the latents that it starts from;
  /// once the partition is frozen, their centres are the weights.
  ///
  /// - Parameter weights: the latents that the last reduction left.
  func clusteringStep(
    to iteration: Int, controller: any LatentController, weights: WeightsSnapshot
  ) -> Publication {
    let layout = configuration.layout(of: max(iteration - 1, 0))
    let architecture = configuration.architecture
    let importance = architecture.edgeImportance(
      weights: Array(weights.parameters[layout.weights]),
      biases: Array(weights.parameters[layout.biases]),
      over: ClusteringInputs.standard(for: architecture))
    var controller = controller
    let report = controller.cluster(
      LatentWeights(
        configuration.latents(weights.parameters, layout),
        importance: importance.edges
          + (configuration.sharesBiases == true ? importance.biases : []),
        deviation: configuration.sigma(of: iteration)))
    let isFrozen = configuration.form(of: iteration) == .shared
    let centres = controller.centres
    var clustered: any PartitionController = controller
    return publication(
      of: &clustered, iteration: iteration, report: report,
      weights: isFrozen
        ? weights.shared(centres, configuration) : iteration == 0 ? weights : nil,
      centres: isFrozen ? nil : centres)
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
    var publication = Publication(
      taskCount: finalists.policies.count * configuration.finalistEpisodes, weights: nil,
      partitions: nil, checkpoint: [:])
    publication.iteration = configuration.iterations
    return publication
  }

  /// - Parameters:
  ///   - weights: what the iteration starts from, nil if the aggregator left it in place.
  ///   - centres: the classes' weights while latents are trained.
  private func publication(
    of controller: inout any PartitionController, iteration: Int, report: SearchReport?,
    weights: WeightsSnapshot? = nil, centres: [Double]? = nil
  ) -> Publication {
    let schedule = TaskSchedule(configuration)
    let batch = schedule.batch(of: iteration)
    let partitions = controller.draw(
      count: schedule.batchSize, seed: configuration.seed, step: batch)
    let used = partitions.reduce(0) { $0 + $1.usedClassCount }
    let record = SearchRecord(
      iteration: iteration, classesUsed: Double(used) / Double(partitions.count), report: report)
    return Publication(
      taskCount: schedule.trainingCount, weights: weights?.fields(configuration),
      partitions: PartitionBatch.fields(
        number: batch, partitions: partitions, proposal: controller.proposal(), centres: centres),
      checkpoint: [
        ControllerField.name: ControllerField.text(controller),
        SearchRecord.field: record.text,
      ])
  }
}
