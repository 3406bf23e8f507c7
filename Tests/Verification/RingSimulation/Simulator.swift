import RunPlan
import RunQueue

/// What every schedule is judged by.
public struct Simulator: Sendable {
  /// Makes the store of a simulation on the clock given, with the marks given for its submissions.
  public typealias StoreMaker =
    @Sendable (
      _ now: @escaping @Sendable () -> Double, _ mark: @escaping @Sendable () -> String
    ) -> any SimulatedStore

  /// Virtual seconds within which every run has to end.
  static let patience = 3000.0
  /// Virtual seconds after which every lease has ended and every stray call has arrived.
  static let aftermath = 75.0

  private let makeStore: StoreMaker
  private let references: [RunConfiguration: RunOutcome]

  /// A simulator of rings around the in-memory store, or another that is to be tested.
  public init(store: @escaping StoreMaker = { InMemoryRunStore(clock: $0, mark: $1) })
    throws(StoreError)
  {
    makeStore = store
    var references: [RunConfiguration: RunOutcome] = [:]
    for configuration in Schedule.configurations {
      references[configuration] = try Self.undisturbed(configuration)
    }
    self.references = references
  }

  /// What a run leaves behind when nothing befalls it and one evaluator does everything.
  static func undisturbed(
    _ configuration: RunConfiguration, evaluators: Int = 1
  ) throws(StoreError) -> RunOutcome {
    let schedule = Schedule(undisturbed: configuration, evaluators: evaluators)
    let simulation = RingSimulation(schedule) { InMemoryRunStore(clock: $0, mark: $1) }
    let run = schedule.plans[0].run
    _ = try simulation.run(until: 1e6) { () throws(StoreError) in
      try simulation.store.runs()[run]?.isOver == true
    }
    return try RunOutcome(of: run, in: simulation.store)
  }

  /// Plays a schedule to its end and judges it.
  public func play(_ schedule: Schedule, isTracing: Bool = false) -> ScheduleReport {
    let simulation = RingSimulation(schedule, isTracing: isTracing, makeStore: makeStore)
    var report = ScheduleReport(seed: schedule.seed)
    do throws(StoreError) {
      report.violations = try judge(simulation, &report)
    } catch {
      report.violations = ["the store failed: \(error)"]
    }
    report.violations += simulation.violations + simulation.ledger.violations
    report.faults = simulation.network.counts
    report.calls = simulation.network.calls
    report.events = simulation.eventCount
    report.givenUp = simulation.ledger.givenUp
    report.trace = simulation.trace
    return report
  }

  private func judge(
    _ simulation: RingSimulation, _ report: inout ScheduleReport
  ) throws(StoreError) -> [String] {
    let store = simulation.store
    let plans = simulation.schedule.plans
    let isOver = try simulation.run(until: Self.patience) { () throws(StoreError) in
      let phases = try store.runs()
      for plan in plans where phases[plan.run]?.isOver != true { return false }
      return true
    }
    report.seconds = simulation.clock.now
    guard isOver else {
      return ["runs stand still: \(try store.runs().map { "\($0.key) \($0.value)" }.sorted())"]
    }
    simulation.network.calmDown()
    let end = simulation.clock.now + Self.aftermath
    _ = try simulation.run(until: end) { () throws(StoreError) in simulation.clock.now > end }
    return try leftovers(in: store) + differences(simulation)
  }

  private func leftovers(in store: any RunStore) throws(StoreError) -> [String] {
    let overview = try store.overview()
    let counts = [
      ("tasks", overview.pending), ("leases", overview.leased), ("results", overview.results),
      ("updates", overview.updates),
    ]
    return counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0) are left at the end" }
  }

  private func differences(_ simulation: RingSimulation) throws(StoreError) -> [String] {
    var violations: [String] = []
    for plan in simulation.schedule.plans where simulation.ledger.givenUp == 0 {
      // A late submission of before all began anew may stand where another one was meant.
      let config = try simulation.store.fields(.config, of: plan.run)
      guard let configuration = try? RunConfiguration(config),
        let reference = references[configuration]
      else {
        violations.append("\(plan.run): its configuration is none of the schedule's")
        continue
      }
      let outcome = try RunOutcome(of: plan.run, in: simulation.store)
      if let difference = outcome.difference(from: reference) {
        violations.append("\(plan.run): \(difference)")
      }
    }
    return violations
  }
}
