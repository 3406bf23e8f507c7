import ChromaticPolicy
import Environments
import Foundation
import Logging
import RingTestKit
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// What a ring plays while latents become classes.
@Suite struct ClusteringRingTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// Latents in iterations 0 and 1, perturbed ones clustered from 1 on, frozen from 2 on.
  private var configuration: RunConfiguration {
    var configuration = InProcessRing.smallConfiguration()
    configuration.environment.horizon = 20
    configuration.controller = .clustering
    configuration.clustering = ClusteringPlan()
    configuration.clustering?.clusterAt = 0.25
    configuration.clustering?.freezeAt = 0.5
    configuration.initialDeviation = 0.1
    configuration.sigma = 0.1
    return configuration
  }

  /// Every policy that a run of `configuration` plays, by its task.
  private func played(_ configuration: RunConfiguration) throws -> [TaskID: PlayedPolicy] {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    var aggregator = Aggregator(store: ring.store, logger: quiet)
    let found = Recorder()
    var slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: found.maker)
    for _ in 0..<10_000 where try ring.store.runs()[ring.run]?.isOver != true {
      try controller.step(timeout: 0)
      _ = try slot.step()
      try aggregator.step(timeout: 0)
    }
    #expect(try ring.store.runs()[ring.run] == .finished)
    return found.policies
  }

  /// Notes what is played before it is.
  private final class Recorder {
    var policies: [TaskID: PlayedPolicy] = [:]

    func maker(_ configuration: RunConfiguration) throws -> EpisodePlayer {
      let play = try UntimedPlayer.maker()(configuration)
      return { request in
        self.policies[request.task] = request.policy
        return try play(request)
      }
    }
  }

  /// The number of different weights that a policy's edges have.
  private func weights(_ policy: PlayedPolicy) -> Int {
    Set(policy.partition.classes.map { policy.parameters[Int($0)] }).count
  }

  @Test func `perturbed policies have a weight per edge, then classes, then one partition`() throws
  {
    let configuration = configuration
    let schedule = TaskSchedule(configuration)
    let edges = configuration.architecture.edgeCount
    let policies = try played(configuration)
    var partitions = [Int: Set<Partition>]()
    for (task, policy) in policies where !schedule.isFinal(task.iteration.iteration) {
      let iteration = task.iteration.iteration
      let kind = try #require(schedule.kind(iteration: iteration, index: task.index))
      switch kind {
      case .perturbed, .pivot:
        if iteration == 0 {
          #expect(policy.partition.classCount == edges && weights(policy) == edges)
        } else {
          #expect(policy.partition.classCount == 3 && weights(policy) <= 3)
          partitions[iteration, default: []].insert(policy.partition)
        }
      case .proposal, .finalist:
        #expect(policy.partition.classCount == 3 && weights(policy) <= 3)
      }
    }
    // Perturbations draw partitions while the latents are clustered, and one is left when it is frozen.
    #expect((partitions[1]?.count ?? 0) > 3)
    #expect(partitions[2]?.count == 1 && partitions[2] == partitions[3])
  }

  @Test
  func `a proposal's weights are the means of its classes' latents where all edges matter alike`()
    throws
  {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    let weights = try WeightsSnapshot(
      ring.store.fields(.weights, of: ring.run), configuration)
    let decided = try PartitionBatch.decided(
      PartitionBatch.proposalField, of: ring.store.fields(.partitions, of: ring.run),
      form: .latent, configuration)
    let latents = weights.parameters.prefix(decided.partition.edgeCount)
    let centres = try #require(decided.centres)
    for (number, centre) in centres.enumerated() {
      let members = zip(decided.partition.classes, latents).filter { $0.0 == number }.map(\.1)
      #expect(try #require(members.min()) - 1e-12 <= centre)
      #expect(try centre <= #require(members.max()) + 1e-12)
    }
    #expect(LineClustering.nearest(Array(latents), centres: centres) == decided.partition.classes)
  }

  /// Between the last reduction of latents and the publication that freezes the partition, the weights
  /// hash has the next iteration's number and is latents still.
  @Test func `an evaluator that comes late does not keep latents for the frozen partition`() throws
  {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    var aggregator = Aggregator(store: ring.store, logger: quiet)
    let found = Recorder()
    var slot = EvaluatorSlot(
      name: "e", store: ring.store, lease: 10, logger: quiet, player: found.maker)
    func weights() throws -> WeightsSnapshot? {
      let fields = try ring.store.fields(.weights, of: ring.run)
      return fields.isEmpty ? nil : try WeightsSnapshot(fields, configuration)
    }
    while try weights()?.iteration != 2 {
      try controller.step(timeout: 0)
      while try slot.step() != .idle {}
      try aggregator.step(timeout: 0)
    }
    let before = TaskID(iteration: IterationID(run: ring.run, iteration: 1), index: 0)
    let mark = try ring.store.fields([Submission.field], in: .state, of: ring.run)[0]
    let claim = Claim(task: before, submission: mark)
    var late = try #require(try RunCache(claim, store: ring.store, player: found.maker))
    #expect(try late.play(before, ahead: [], store: ring.store) == nil)
    #expect(try weights()?.form == .latent)
    try controller.step(timeout: 0)
    let task = TaskID(iteration: IterationID(run: ring.run, iteration: 2), index: 0)
    #expect(try late.play(task, ahead: [], store: ring.store) != nil)
    #expect(found.policies[task]?.partition.classCount == 3)
  }

  @Test func `latents that are gone fail the run by their field's name`() throws {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    try reduce(ring, weights: WeightsSnapshot(initialFor: configuration), iteration: 0) {
      $0["shared"] = $0.removeValue(forKey: "latents")
    }
    try controller.step(timeout: 0)
    #expect(try ring.store.runs()[ring.run] == .failed)
    #expect(try message(ring)?.contains("'latents' is missing") == true)
  }

  @Test func `latents under a frozen partition fail the run`() throws {
    let ring = try InProcessRing(configuration)
    var controller = Controller(store: ring.store, logger: quiet)
    var weights = WeightsSnapshot(initialFor: configuration)
    for iteration in 0..<2 {
      try controller.step(timeout: 0)
      try reduce(ring, weights: weights, iteration: iteration)
    }
    weights.iteration = 2
    let publication = Publication(
      taskCount: 1, weights: weights.fields(configuration), partitions: nil, checkpoint: [:])
    let update = IterationID(run: ring.run, iteration: 1)
    #expect(try ring.store.publish(publication, after: update))
    let task = try #require(try ring.store.claim(by: "e", lease: 10))
    #expect(try ring.fail(task) == .completedIteration)
    var aggregator = Aggregator(store: ring.store, logger: quiet)
    try aggregator.step(timeout: 0)
    #expect(try ring.store.runs()[ring.run] == .failed)
    #expect(try message(ring)?.contains("are latents although") == true)
  }

  /// Has every evaluation of `iteration` fail and commits `weights`, changed by `damage`, as its outcome.
  private func reduce(
    _ ring: InProcessRing, weights: WeightsSnapshot, iteration: Int,
    damage: (inout Fields) -> Void = { _ in }
  ) throws {
    while let task = try ring.store.claim(by: "e", lease: 10) {
      _ = try ring.store.complete(task, result: "failed x")
    }
    var next = weights
    next.iteration = iteration + 1
    var fields = next.fields(configuration)
    damage(&fields)
    let reduction = Reduction(weights: fields, partitions: [:], checkpoint: [:], history: nil)
    #expect(
      try ring.store.commit(reduction, of: IterationID(run: ring.run, iteration: iteration)))
  }

  private func message(_ ring: InProcessRing) throws -> String? {
    try ring.store.fields(["message"], in: .state, of: ring.run)[0]
  }
}
