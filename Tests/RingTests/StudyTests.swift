import EvolutionStrategies
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// A run as a study: it ends at a return, its controller's step moves, it is given more iterations.
@Suite struct StudyTests {
  private static func configuration(iterations: Int) -> RunConfiguration {
    var configuration = InProcessRing.smallConfiguration()
    configuration.environment.horizon = 40
    configuration.controller = .factorised
    configuration.iterations = iterations
    return configuration
  }

  @Test func `a run ends with the iteration whose best policy reaches the return`() throws {
    let configuration = Self.configuration(iterations: 8)
    let whole = try InProcessRing.outcome(configuration, evaluators: 2)
    let proposals = whole.history.compactMap { HistoryEntry(line: $0)?.proposal }
    // The best of the first four, which is there before the last of them where it is no later one's.
    let goal = try #require(proposals.prefix(4).max())
    let last = try #require(proposals.firstIndex { $0 >= goal })
    var stopping = configuration
    stopping.stopAtReturn = goal
    let ring = try InProcessRing(stopping, slots: 2)
    try ring.finish()
    let history = try ring.history()
    #expect(history.map(\.iteration) == Array(0...last))
    #expect(history.map { $0.stopped == true } == (0...last).map { $0 == last })
    let lines = try ring.store.history(of: ring.run, from: 0)
    #expect(lines.prefix(last) == whole.history.prefix(last))
    #expect(lines[last].replacing(#","stopped":true"#, with: "") == whole.history[last])
    let state = try ring.store.fields(["phase", "message"], in: .state, of: ring.run)
    #expect(state == ["finished", "mean return \(goal) reached --stop-at-return \(goal)"])
    #expect(
      try InProcessRing.outcome(stopping, evaluators: 3)
        == ring.outcome(of: ring.run))
  }

  @Test func `a run that was stopped goes on with more iterations as if it had not been`() throws {
    var stopping = Self.configuration(iterations: 4)
    stopping.stopAtReturn = -1e6
    let ring = try InProcessRing(stopping)
    try ring.finish()
    #expect(try ring.history().count == 1)
    let longer = try #require(RunID("longer"))
    try ring.store.restore(ring.store.snapshot(of: ring.run).extended(to: 5), as: longer)
    try ring.finish(longer)
    let whole = try InProcessRing.outcome(Self.configuration(iterations: 5), evaluators: 1)
    let found = try ring.outcome(of: longer)
    #expect(found.policy == whole.policy)
    #expect(found.history.map { $0.replacing(#","stopped":true"#, with: "") } == whole.history)
  }

  @Test func `a return that is never reached changes nothing`() throws {
    var never = Self.configuration(iterations: 3)
    let plain = try InProcessRing.outcome(never, evaluators: 1)
    never.stopAtReturn = 1e6
    #expect(try InProcessRing.outcome(never, evaluators: 1) == plain)
  }

  @Test(arguments: [false, true])
  func `a run that was given more iterations has the bytes of one that had them from the start`(
    isFinished: Bool
  ) throws {
    let short = try InProcessRing(Self.configuration(iterations: 3))
    var hasStopped = false
    do {
      try short.finish(beforeRound: { round in
        guard !isFinished, round == 20 else { return }
        hasStopped = true
        throw Interruption()
      })
    } catch is Interruption {}
    #expect(hasStopped == !isFinished)
    let snapshot = try short.store.snapshot(of: short.run).extended(to: 6)
    #expect(try short.store.runs()[short.run]?.isOver == isFinished)
    let configuration = Self.configuration(iterations: 6)
    #expect(try RunConfiguration(snapshot.fields(.config)) == configuration)
    let long = try InProcessRing(configuration)
    let longer = try #require(RunID("longer"))
    try long.store.cancel(long.run)
    try long.store.restore(snapshot, as: longer)
    try long.finish(longer)
    let whole = try InProcessRing.outcome(configuration, evaluators: 1)
    #expect(try long.outcome(of: longer) == whole)
  }

  private struct Interruption: Error {}

  @Test func `the step of a controller moves with the iterations`() throws {
    var moving = Self.configuration(iterations: 4)
    moving.controllerSettings.learningRate = 0.4
    let fixed = try InProcessRing.outcome(moving, evaluators: 1)
    moving.controllerStep = SettingSchedule(from: 0.4, to: 0.004, .cosine)
    let fallen = try InProcessRing.outcome(moving, evaluators: 1)
    // The first search step follows the first iteration, with the first value.
    #expect(fallen.history.prefix(2) == fixed.history.prefix(2))
    #expect(fallen.history[3] != fixed.history[3])
    let entries = fallen.history.compactMap(HistoryEntry.init(line:))
    let divergences = entries.map { $0.divergence ?? 0 }
    #expect(divergences[3] < divergences[1])
  }
}
