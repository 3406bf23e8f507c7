import ChromaticPolicy
import Environments
import Foundation
import Logging
import RingTestKit
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// A whole ring in one thread over the in-memory store, its time and its order under control.
final class InProcessRing {
  let store: InMemoryRunStore
  let run: RunID
  let configuration: RunConfiguration

  private let clock: VirtualClock
  private var controller: Controller
  private var aggregator: Aggregator
  private var slots: [EvaluatorSlot] = []

  init(
    _ configuration: RunConfiguration, slots count: Int = 1, bundle: BundleSize = .fixed(1),
    environments: @escaping UntimedPlayer.EnvironmentMaker = EnvironmentCatalog.make
  ) throws {
    let clock = VirtualClock()
    self.clock = clock
    self.configuration = configuration
    store = InMemoryRunStore { clock.now }
    run = try #require(RunID("test"))
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    controller = Controller(store: store, logger: quiet)
    aggregator = Aggregator(store: store, logger: quiet, clock: { clock.now })
    for number in 0..<count {
      slots.append(
        EvaluatorSlot(
          name: "evaluator-\(number)", store: store, lease: 10, logger: quiet, bundle: bundle,
          player: UntimedPlayer.maker(environments)))
    }
    try store.submit(run, config: configuration.fields)
  }

  /// Lets every part act in turn, slots in the order `order` gives them, until the run is over or
  /// suspended.
  ///
  /// - Parameter other: another run of the store than the ring's own.
  func finish(
    _ other: RunID? = nil, order: ((Int) -> [Int])? = nil,
    beforeRound: (Int) throws -> Void = { _ in }
  ) throws {
    var round = 0
    let run = other ?? run
    while try store.runs()[run]?.isOver == false, try store.runs()[run] != .suspended {
      try beforeRound(round)
      try controller.step(timeout: 0)
      for number in order?(round) ?? Array(slots.indices) { _ = try slots[number].step() }
      try aggregator.step(timeout: 0)
      round += 1
      try #require(round < 100_000, "the ring stands still")
    }
  }

  /// Delivers a failure that two evaluators agree on.
  func fail(_ task: TaskID) throws -> Completion {
    _ = try store.complete(task, result: "failed x", by: "e1")
    _ = try store.claim(by: "e2", lease: 10)
    return try store.complete(task, result: "failed x", by: "e2")
  }

  /// Lets every slot begin anew, as an evaluator that is restarted does.
  func forget() { for number in slots.indices { slots[number].forget() } }

  /// Lets the controller begin anew, too.
  func replaceController() {
    controller = Controller(
      store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Lets virtual time pass.
  func advance(_ seconds: Double) { clock.advance(seconds) }

  /// The run's final policy as file bytes, nil if it has none.
  func policy() throws -> String? {
    try store.fields([Finalists.policyField], in: .checkpoint, of: run)[0]
  }

  func history() throws -> [HistoryEntry] {
    try store.history(of: run, from: 0).compactMap(HistoryEntry.init(line:))
  }

  /// A run small enough for a debug build.
  static func smallConfiguration() -> RunConfiguration {
    var configuration = RunConfiguration(
      environment: "Pendulum-v1", observationSize: 3, actionSize: 1)
    configuration.hiddenSizes = [4]
    configuration.partitions = 3
    configuration.iterations = 4
    configuration.perturbations = 12
    configuration.pivots = 3
    configuration.evaluations = 2
    configuration.finalists = 2
    configuration.finalistEpisodes = 2
    configuration.seed = 7
    return configuration
  }
}
