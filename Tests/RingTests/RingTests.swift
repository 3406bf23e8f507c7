import ChromaticPolicy
import Environments
import EvolutionStrategies
import Logging
import Randomness
import Ring
import RingTestKit
import Testing

@Suite struct RingTests {
  private let small = InProcessRing.smallConfiguration()

  private func finishedPolicy(_ ring: InProcessRing) throws -> String {
    try ring.finish()
    return try #require(try ring.policy())
  }

  @Test func `another seed gives another policy`() throws {
    var other = small
    other.seed = 8
    #expect(
      try finishedPolicy(try InProcessRing(small)) != finishedPolicy(try InProcessRing(other)))
  }

  @Test(arguments: GradientEstimator.allCases, [1, 3])
  func `every estimator and search interval finishes`(estimator: GradientEstimator, interval: Int)
    throws
  {
    var configuration = small
    configuration.estimator = estimator
    configuration.initialDeviation = 0.1
    configuration.searchInterval = interval
    let ring = try InProcessRing(configuration, slots: 2)
    try ring.finish()
    let history = try ring.history()
    #expect(history.map(\.iteration) == [0, 1, 2, 3])
    #expect(history.map(\.searchStep) == [false] + [1, 2, 3].map { $0 % interval == 0 })
    #expect(history.allSatisfy { $0.failed == 0 && $0.mean != nil && $0.proposal != nil })
    #expect(try ring.store.runs()[ring.run] == .finished)
  }

  @Test func `a task of a lost evaluator is done again with the same result`() throws {
    let reference = try finishedPolicy(try InProcessRing(small))
    let ring = try InProcessRing(small, slots: 2)
    var lost = 0
    try ring.finish(beforeRound: { round in
      // Workers that claim and are never heard of again; each lease outlasts a few rounds.
      if round % 7 == 1, try ring.store.claim(by: "lost-\(round)", lease: 10) != nil { lost += 1 }
      ring.advance(4)
    })
    #expect(lost >= 4)
    #expect(try ring.policy() == reference)
  }

  @Test func `a frozen evaluator holds nobody up`() throws {
    let reference = try finishedPolicy(try InProcessRing(small))
    let ring = try InProcessRing(small)
    var frozen = 0
    try ring.finish(beforeRound: { round in
      // Leases that outlast the run: only a backup can end the iteration, once its patience is known.
      let iteration = try ring.store.fields(["iteration"], in: .state, of: ring.run)[0]
      if iteration != "0", round % 9 == 1,
        try ring.store.claim(by: "frozen-\(round)", lease: 60) != nil
      {
        frozen += 1
      }
      ring.advance(0.3)
    })
    #expect(frozen >= 4)
    #expect(try ring.policy() == reference)
  }

  @Test func `a failed evaluation is counted and worth less than any other`() throws {
    let ring = try InProcessRing(small) { _ in try FailingPendulum(failsFrom: 0.1) }
    try ring.finish()
    let history = try ring.history()
    let failed = history.reduce(0) { $0 + $1.failed }
    #expect(failed > 0 && failed < 4 * 17)
    #expect(history.allSatisfy { ($0.max ?? 0) < 0 })
    #expect(history.allSatisfy { $0.failed == 0 || ($0.failureReturn ?? 0) <= ($0.min ?? 0) })
    #expect(try ring.store.runs()[ring.run] == .finished)
  }

  @Test
  func `a run whose every evaluation fails is suspended with the reason, and goes on once mended`()
    throws
  {
    let reference = try finishedPolicy(try InProcessRing(small))
    let isMended = Counter()
    let ring = try InProcessRing(small, slots: 2) { _ in
      try FailingPendulum(failsFrom: isMended.value > 0 ? 1e9 : -4)
    }
    try ring.finish()
    #expect(try ring.store.runs()[ring.run] == .suspended)
    #expect(try ring.store.history(of: ring.run, from: 0) == [])
    let message = try ring.store.fields(["message"], in: .state, of: ring.run)[0]
    #expect(message == "every evaluation of iteration 0 failed: the pendulum fell off")
    isMended.value = 1
    ring.forget()
    try ring.store.resume(ring.run)
    try ring.finish()
    #expect(try ring.policy() == reference)
  }

  @Test func `an environment unknown to one version fails no evaluation and waits for another`()
    throws
  {
    let reference = try finishedPolicy(try InProcessRing(small))
    let ring = try InProcessRing(small)
    var old = EvaluatorSlot(
      name: "old", store: ring.store, lease: 10,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      player: UntimedPlayer.maker { _ in try EnvironmentCatalog.make("NoSuch-v0") })
    try ring.finish(beforeRound: { _ in _ = try old.step() })
    #expect(try ring.policy() == reference)
    #expect(try ring.history().allSatisfy { $0.failed == 0 })
  }
}

/// Pendulum that breaks on episodes whose first angular velocity is at or above a threshold.
private final class FailingPendulum: Environment {
  private let pendulum: any Environment
  private let threshold: Double
  private var isBroken = false

  init(failsFrom threshold: Double) throws {
    self.threshold = threshold
    pendulum = try EnvironmentCatalog.make("Pendulum-v1")
  }

  var observationSize: Int { pendulum.observationSize }
  var actionSize: Int { pendulum.actionSize }
  var horizon: Int { pendulum.horizon }
  var actionRule: ActionRule { pendulum.actionRule }

  func reset(_ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>)
    throws(EnvironmentFailure)
  {
    try pendulum.reset(&random, observation: observation)
    isBroken = observation[2] >= threshold
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    guard !isBroken else { throw EnvironmentFailure("the pendulum fell off") }
    return try pendulum.step(action: action, observation: observation)
  }
}
