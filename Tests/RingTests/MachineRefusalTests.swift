import Environments
import Logging
import RingTestKit
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// A machine that cannot run a run leaves it to others.
@Suite struct MachineRefusalTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private struct Missing: Error, CustomStringConvertible {
    let description = "no model file half_cheetah.xml"
  }

  private func broken(_ store: any EvaluatorStore, clock: VirtualClock) -> EvaluatorSlot {
    EvaluatorSlot(
      name: "broken", store: store, lease: 10, logger: quiet, clock: { clock.now }
    ) { _ in throw Missing() }
  }

  @Test func `a broken machine that acts more often than a good one changes no byte`() throws {
    let configuration = InProcessRing.smallConfiguration()
    let reference = try InProcessRing.outcome(configuration, evaluators: 1)
    let ring = try InProcessRing(configuration)
    var slot = broken(ring.store, clock: VirtualClock())
    var refused = 0
    try ring.finish(beforeRound: { _ in
      for _ in 0..<4 {
        switch try slot.step() {
        case .refused: refused += 1
        case .played, .delivered: Issue.record("a broken machine has no result to give")
        case .idle, .leftToOthers, .released: break
        }
      }
    })
    #expect(try ring.policy() == reference.policy)
    #expect(try ring.store.history(of: ring.run, from: 0) == reference.history)
    #expect(refused == 1)
  }

  @Test func `a run that cannot be run is tried again after a while, others at once`() throws {
    let clock = VirtualClock()
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    var slot = broken(ring.store, clock: clock)
    let first = TaskID(iteration: IterationID(run: ring.run, iteration: 0), index: 0)
    let refusal = EvaluatorSlot.Outcome.refused(first, reason: "no model file half_cheetah.xml")
    #expect(try slot.step() == refusal)
    #expect(try slot.step() == .leftToOthers)
    let other = try #require(RunID("other"))
    try ring.store.submit(other, config: ring.configuration.fields)
    try controller.step(timeout: 0)
    guard case .refused(let task, _) = try slot.step() else {
      Issue.record("the other run was not tried")
      return
    }
    #expect(task.iteration.run == other)
    clock.advance(EvaluatorSlot.patience + 1)
    guard case .refused = try slot.step() else {
      Issue.record("nothing was tried again")
      return
    }
  }

  @Test func `a machine on which every episode breaks changes no byte and is told to stop`() throws
  {
    let configuration = InProcessRing.smallConfiguration()
    let reference = try InProcessRing.outcome(configuration, evaluators: 1)
    let ring = try InProcessRing(configuration)
    try ring.store.heartbeat("evaluator-0", status: "{}")
    let told = Told()
    var slot = EvaluatorSlot(
      name: "broken", store: ring.store, lease: 10, logger: quiet, observer: told
    ) { _ in { _ in throw Missing() } }
    try ring.finish(beforeRound: { _ in
      for _ in 0..<4 {
        if case .delivered(_, .accepted) = try slot.step() { Issue.record("it was believed") }
      }
    })
    #expect(try ring.policy() == reference.policy)
    #expect(try ring.store.history(of: ring.run, from: 0) == reference.history)
    #expect(
      told.reasons.value == ["others finish what fails here: no model file half_cheetah.xml"])
  }

  @Test(arguments: [(1e200, 0.0), (0, 1e150)])
  func `an episode with a number that no sum could take fails, with that number`(
    reward: Double, observation: Double
  ) throws {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    var slot = EvaluatorSlot(name: "absurd", store: ring.store, lease: 10, logger: quiet) {
      let play = try UntimedPlayer.maker()($0)
      return { request in
        var episode = try play(request)
        episode.totalReward += reward
        let values = [Double](repeating: observation, count: episode.observations.size)
        values.withUnsafeBufferPointer { episode.observations.add($0) }
        return episode
      }
    }
    // Failed twice by the only evaluator, it is recorded.
    var seen = ""
    for _ in 0..<200 where seen.isEmpty {
      _ = try slot.step()
      let results = try ring.store.results(of: IterationID(run: ring.run, iteration: 0))
      seen = results.values.first ?? ""
    }
    #expect(seen.hasPrefix("failed ") && seen.contains("1e100"), "\(seen)")
  }

  @Test func `a configuration that this version cannot read is no result`() throws {
    let ring = try InProcessRing(InProcessRing.smallConfiguration())
    var controller = Controller(store: ring.store, logger: quiet)
    try controller.step(timeout: 0)
    let reader = UnreadableConfigurations(store: ring.store)
    var slot = EvaluatorSlot(
      name: "old", store: reader, lease: 10, logger: quiet, player: UntimedPlayer.maker())
    guard case .refused(_, let reason) = try slot.step() else {
      Issue.record("it was not refused")
      return
    }
    #expect(reason.contains("controller"))
    #expect(try ring.store.results(of: IterationID(run: ring.run, iteration: 0)) == [:])
  }
}

/// Reads a controller of another version in every configuration.
private struct UnreadableConfigurations: PassingStore {
  let store: InMemoryRunStore

  func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields {
    var fields = try store.fields(hash, of: run)
    if hash == .config { fields["controller"] = "a newer one" }
    return fields
  }
}

/// Notes what a slot says it cannot run.
private final class Told: SlotObserver {
  let reasons = Reasons()

  func began(_ task: TaskID) {}
  func ended(_ task: TaskID) {}
  func delivered(_ result: EvaluationResult) {}
  func runs(_ run: RunID) {}
  func cannotRun(_ run: RunID, reason: String) { reasons.value.append(reason) }
}

/// Belongs to one thread.
private final class Reasons: @unchecked Sendable {
  var value: [String] = []
}
