import Randomness
import RingTestKit
import RunPlan
import RunQueue
import Synchronization

/// A whole ring in one thread and in virtual time, driven by the events of one schedule.
///
/// The real controller, aggregator, evaluator slots and in-memory store; rollouts and operator are the
/// simulation's. Everything follows from the schedule, so a seed replays its history call by call.
final class RingSimulation {
  let schedule: Schedule
  let clock = VirtualClock(at: 0)
  let store: any SimulatedStore
  /// What the operator wants of each run at present.
  let plans: Plans
  var ledger = Ledger()
  var violations: [String] = []
  private(set) var trace: [String] = []
  private(set) var eventCount = 0
  var network: Network
  var events = EventQueue()
  var waiting: [SimulatedProcess] = []
  private let isTracing: Bool
  private let backOff = BackOff(first: 0.1, longest: 2)

  /// - Parameter makeStore: the store under test, on the simulation's clock.
  init(
    _ schedule: Schedule, isTracing: Bool = false,
    makeStore: Simulator.StoreMaker
  ) {
    self.schedule = schedule
    self.isTracing = isTracing
    network = schedule.network
    plans = Plans(schedule.plans)
    let skew = VirtualClock(at: 0)
    store = makeStore({ [clock] in clock.now + skew.now }, Self.marks())
    for (moment, mishap) in schedule.mishaps {
      events.add(at: moment) { [unowned self] in befall(mishap, skew) }
    }
    startAll()
  }

  /// Lets events happen until `isOver` or virtual time `deadline`; whether it got there in time.
  func run(until deadline: Double, isOver: () throws(StoreError) -> Bool) throws(StoreError) -> Bool
  {
    while try !isOver() {
      guard clock.now <= deadline, let (moment, action) = events.popFirst() else { return false }
      clock.move(to: max(moment, clock.now))
      action()
      eventCount += 1
      try wake()
    }
    return true
  }

  /// Marks that no two submissions of a simulation share.
  private static func marks() -> @Sendable () -> String {
    let count = Mutex(0)
    return {
      count.withLock {
        $0 += 1
        return "submission \($0)"
      }
    }
  }

  private func befall(_ mishap: Mishap, _ skew: VirtualClock) {
    do throws(StoreError) {
      switch mishap {
      case .deleted(let key, let run):
        try store.memory.delete(key, of: run)
        if key == .returns { ledger.forgetResults(of: run) }
      case .clockJump(let seconds): skew.move(to: seconds)
      case .begunAnew(let successors):
        try store.memory.flush()
        ledger.beginAnew()
        plans.begin(successors)
      }
      network.note(mishap.fault)
      if isTracing { trace.append("\(clock.now) \(mishap)") }
    } catch {
      violations.append("a mishap failed: \(error)")
    }
  }

  func note(_ process: SimulatedProcess, _ line: @autoclosure () -> String) {
    if isTracing { trace.append("\(clock.now) \(process.name) \(line())") }
  }

  /// Lets `action` happen after `seconds`, unless the process has ended by then.
  func after(_ seconds: Double, _ process: SimulatedProcess, _ action: @escaping () -> Void) {
    let incarnation = process.incarnation
    events.add(at: clock.now + seconds) {
      if process.incarnation == incarnation { action() }
    }
  }

  /// Runs the process's step from its beginning, up to its end or its next suspension.
  func step(_ process: SimulatedProcess) {
    guard var program = process.program else { return }
    process.store.rewind(at: clock.now)
    var random = RandomStream(
      seed: schedule.seed, purpose: .simulation, iteration: process.steps + 2,
      index: UInt32(process.number))
    do {
      let next = try program.step(&random)
      if process.store.isSuspended { return }
      process.failures = 0
      end(process, program)
      follow(next, process)
    } catch {
      if process.store.isSuspended { return }
      note(process, "step failed: \(error)")
      if !error.isTransient { violations.append("\(process.name) ended with '\(error)'") }
      process.failures += 1
      let pause = backOff.delay(afterFailures: process.failures, jitter: random.uniform())
      end(process, program)
      after(pause, process) { self.step(process) }
    }
  }

  private func end(_ process: SimulatedProcess, _ program: any Program) {
    process.program = program
    process.store.forget()
    process.steps += 1
  }

  private func follow(_ next: NextStep, _ process: SimulatedProcess) {
    switch next {
    case .after(let seconds): after(seconds, process) { self.step(process) }
    case .whenTasksArePending: waiting.append(process)
    case .restart: restart(process, after: 1)
    }
  }

  /// While tasks are pending, every event calls two of the evaluators that wait for one.
  private func wake() throws(StoreError) {
    guard !waiting.isEmpty, try store.waitForTasks(timeout: 0) else { return }
    for process in waiting.suffix(2) { after(0.01, process) { self.step(process) } }
    waiting.removeLast(min(2, waiting.count))
  }
}
