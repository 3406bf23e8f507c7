import Dispatch
import Logging
import Programs
import ServiceLifecycle
import Synchronization
import Testing

/// Services of one kind are told to stop at once, not each when the one before it has ended.
@Suite struct SimultaneousServicesTests {
  /// What the services have in common.
  private final class Meeting: Sendable {
    let begun = DispatchSemaphore(value: 0)
    let told = DispatchGroup()
    let missed = Atomic(false)
  }

  /// Ends only once every other one was told to.
  private struct Loop: ServiceLoop {
    let meeting: Meeting

    mutating func step() {
      meeting.begun.signal()
      _ = meeting.told.wait(timeout: .now() + 0.05)
    }

    mutating func finish() {
      guard meeting.told.wait(timeout: .now() + 30) == .timedOut else { return }
      meeting.missed.store(true, ordering: .relaxed)
    }
  }

  @Test func `none waits for the end of another one to be told`() async throws {
    let (meeting, logger) = (Meeting(), Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let services = (0..<3).map { number in
      meeting.told.enter()
      return BlockingService("service \(number)", logger: logger) {
        meeting.told.leave()
      } makeLoop: {
        Loop(meeting: meeting)
      }
    }
    let group = ServiceGroup(
      configuration: .init(services: [SimultaneousServices(services)], logger: logger))
    async let running: Void = group.run()
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        meeting.begun.wait()
        continuation.resume()
      }
    }
    await group.triggerGracefulShutdown()
    try await running
    let missed = meeting.missed.load(ordering: .relaxed)
    #expect(!missed)
  }
}
