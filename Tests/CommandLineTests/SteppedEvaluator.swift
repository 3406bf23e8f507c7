import Environments
import Logging
import Testing

@testable import Services

/// An evaluator that does just so many evaluations, so that a run stands where a test wants it.
final class SteppedEvaluator {
  private let slot: EvaluatorSlot
  private let work = EvaluatorWork()

  init(on queue: QueueUnderTest) throws {
    slot = EvaluatorSlot(
      name: "stepped", store: try queue.openStore(), environments: EnvironmentCatalog.make,
      work: work, lease: 10, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Comes back when `count` evaluations are delivered.
  func evaluate(_ count: Int) async throws {
    let end = work.snapshot.finished + count
    try await eventually("\(count) evaluations") {
      try slot.step(timeout: 0)
      return work.snapshot.finished >= end ? true : nil
    }
    #expect(work.snapshot.finished == end && work.snapshot.failed == 0)
  }
}
