import RunPlan
import Testing

@testable import RingSimulation

@Suite struct SimulatedScheduleTests {
  @Test func `two hundred schedules hold whatever befalls them`() throws {
    let simulator = try Simulator()
    var faults = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      let report = simulator.play(Schedule(seed: seed))
      #expect(report.violations == [], "seed \(seed)")
      faults += report.faults.values.reduce(0, +)
    }
    #expect(faults > 200 * 20)
  }

  /// A claim that was delivered twice lost the reply its caller waited for, once no task might be lost.
  @Test func `an evaluator gets the reply it waits for, also while tasks are spared`() throws {
    #expect(try Simulator().play(Schedule(seed: 4125)).violations == [])
  }

  @Test func `a seed replays its history call by call`() throws {
    let simulator = try Simulator()
    let first = simulator.play(Schedule(seed: 9), isTracing: true)
    let second = simulator.play(Schedule(seed: 9), isTracing: true)
    #expect(first.trace.count > 100)
    let other = simulator.play(Schedule(seed: 10), isTracing: true)
    #expect(zip(first.trace, second.trace).first { $0 != $1 } == nil)
    #expect(first.trace.count == second.trace.count)
    #expect(zip(first.trace, other.trace).contains { $0 != $1 })
  }

  @Test func `an undisturbed run counts every evaluation and ends with a policy`() throws {
    let outcome = try Simulator.undisturbed(Schedule.configurations[0])
    #expect(outcome.phase == .finished)
    #expect(outcome.history.count == 3)
    #expect(outcome.hashes[.checkpoint]?[Finalists.policyField] != nil)
  }

  @Test func `a hundred thousand evaluators give the result of one`() throws {
    var configuration = Schedule.configurations[1]
    configuration.iterations = 1
    configuration.pivots = 20_000
    let crowd = try Simulator.undisturbed(configuration, evaluators: 100_000)
    #expect(crowd.phase == .finished)
    #expect(crowd == (try Simulator.undisturbed(configuration)))
  }
}
