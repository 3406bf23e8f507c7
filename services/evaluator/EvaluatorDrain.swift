import Foundation
import Logging
import Programs
import Ring
import RunQueue
import ServiceLifecycle

/// Ends an evaluator in time: once it is told to stop no slot begins anything, and what is not done
/// after the grace period goes back to the queue for others.
struct EvaluatorDrain: Service {
  let name: String
  let grace: Double
  let work: EvaluatorWork
  let queue: QueueAddress
  let signOff: SignOff
  let logger: Logger

  /// Waits for the signal; services listed before this one stop after it.
  func run() async throws {
    try? await gracefulShutdown()
    work.end()
    Task.detached { [self] in
      try await Task.sleep(for: .seconds(grace))
      handBack()
    }
  }

  /// Ends the process; a rollout cannot be interrupted, and its late result would count nothing.
  private func handBack() -> Never {
    let held = work.snapshot.held.count
    do {
      try signOff.say { () throws(StoreError) in try queue.openStore().leave(name) }
      logger.notice("\(held) evaluations handed back after \(grace) s")
      exit(0)
    } catch {
      logger.warning("\(error); what this evaluator holds returns when its leases end")
      exit(error.isTransient ? 0 : ExitStatus.of(error))
    }
  }
}
