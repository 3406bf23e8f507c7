import ArgumentParser
import Dispatch
import Foundation
import RingSimulation
import Synchronization

/// Plays many simulated schedules, on all processors, and prints what befell them.
@main
struct RingSimulationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ring-simulation",
    abstract: "Simulates the ring under faults drawn from seeds, in virtual time.",
    discussion: """
      Every schedule must count each evaluation once, leave nothing behind in the queue and end \
      with the bytes of the undisturbed run. Exit code 1 if one does not; its seed and trace are \
      printed, and --seed SEED --schedules 1 replays it.
      """)

  @Option(parsing: .unconditional, help: "Schedules to play.")
  var schedules = 10_000

  @Option(parsing: .unconditional, help: "Seed of the first schedule; the next ones follow.")
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: "Evaluators of each ring; default 1 to 8, as drawn.")
  var evaluators: Int?

  func run() throws {
    guard (1...100_000_000).contains(schedules) else {
      throw ValidationError("--schedules is \(schedules), expected 1 to 100000000")
    }
    if let evaluators, !(1...100_000).contains(evaluators) {
      throw ValidationError("--evaluators is \(evaluators), expected 1 to 100000")
    }
    guard seed <= UInt64.max - UInt64(schedules) else {
      throw ValidationError("--seed is \(seed), expected one that --schedules seeds can follow")
    }
    let start = ContinuousClock.now
    let simulator = try Simulator()
    let summary = summary(of: simulator)
    print(summary.table(elapsed: ContinuousClock.now - start))
    guard let failure = summary.failures.min(by: { $0.seed < $1.seed }) else { return }
    let schedule = Schedule(seed: failure.seed, evaluators: evaluators)
    let replay = simulator.play(schedule, isTracing: true)
    print("", "seed \(failure.seed)", separator: "\n")
    for line in replay.trace + replay.violations { print("  \(line)") }
    throw ExitCode(1)
  }

  private func summary(of simulator: Simulator) -> Summary {
    let summary = Mutex(Summary())
    DispatchQueue.concurrentPerform(iterations: schedules) { number in
      let report = simulator.play(
        Schedule(seed: seed + UInt64(number), evaluators: evaluators))
      summary.withLock { $0.add(report) }
    }
    return summary.withLock { $0 }
  }
}
