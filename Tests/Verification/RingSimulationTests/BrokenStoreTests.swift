import Testing

@testable import RingSimulation

/// A simulation that finds nothing proves something only if it finds what is there.
@Suite struct BrokenStoreTests {
  /// The first seed in 1...200 whose schedule shows the mistake, and what it shows.
  ///
  /// - Parameter mishaps: whether the store itself is befallen, too, which a mistake may not need.
  private func firstFailure(
    mishaps: Bool = false, _ store: @escaping Simulator.StoreMaker
  ) throws -> ScheduleReport? {
    let simulator = try Simulator(store: store)
    for seed in 1...200 as ClosedRange<UInt64> {
      var schedule = Schedule(seed: seed)
      if !mishaps { schedule.mishaps = [] }
      let report = simulator.play(schedule)
      if !report.violations.isEmpty { return report }
    }
    return nil
  }

  @Test func `a claim that pops without a lease is found`() throws {
    let report = try #require(
      try firstFailure { LeaselessStore(whole: .init(clock: $0, mark: $1)) })
    #expect(report.violations.contains { $0.hasPrefix("runs stand still") })
  }

  @Test func `a store that accepts two results of a task is found`() throws {
    let report = try #require(
      try firstFailure { CredulousStore(whole: .init(clock: $0, mark: $1)) })
    #expect(report.violations.contains { $0.hasSuffix("was counted twice") })
  }

  @Test func `a commit that does not look at the head is found`() throws {
    let report = try #require(
      try firstFailure { HeadlessStore(whole: .init(clock: $0, mark: $1)) })
    #expect(report.violations.contains { $0.hasPrefix("runs stand still") })
  }

  @Test func `a store that forgets the tasks of expired leases is found`() throws {
    let report = try #require(
      try firstFailure { ForgetfulStore(whole: .init(clock: $0, mark: $1)) })
    #expect(report.violations.contains { $0.hasPrefix("runs stand still") })
  }

  @Test func `a store from which messages vanish for good is found`() throws {
    let report = try #require(
      try firstFailure(mishaps: true) { TrustingStore(whole: .init(clock: $0, mark: $1)) })
    #expect(report.violations.contains { $0.hasPrefix("runs stand still") })
  }

  @Test func `a store that knows a run by its name alone is found`() throws {
    #expect(
      try firstFailure(mishaps: true) { NameTrustingStore(whole: .init(clock: $0, mark: $1)) }
        != nil)
  }
}
