import Foundation
import Logging
import RunProtocol
import ServiceLifecycle
import Synchronization

/// A service whose work blocks (hiredis, simulators) and therefore runs on a thread of its own.
///
/// `step` is called until shutdown; it should return within about a second. Transient store errors
/// are logged and the step is tried again after a growing pause; any other error ends the service.
final class BlockingService: Service {
  private let name: String
  private let logger: Logger
  private let makeStep: @Sendable () throws -> () throws -> Void
  private let stopping = Atomic(false)

  /// - Parameter makeStep: called once on the service's thread; what it returns is called repeatedly.
  init(
    _ name: String, logger: Logger,
    makeStep: @escaping @Sendable () throws -> () throws -> Void
  ) {
    self.name = name
    self.logger = logger
    self.makeStep = makeStep
  }

  func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try self.loop() }) }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onCancelOrGracefulShutdown: {
      self.stopping.store(true, ordering: .relaxed)
    }
  }

  private func loop() throws {
    let step = try makeStep()
    var pause = RetryPause()
    while !stopping.load(ordering: .relaxed) {
      do {
        try step()
        if pause.hasWaited { logger.notice("connected again") }
        pause = RetryPause()
      } catch let error as StoreError where error.isTransient {
        if pause.isWorthSaying { logger.warning("\(error); trying again") }
        Thread.sleep(forTimeInterval: pause.next())
      }
    }
  }
}

/// The pauses between attempts while the store is away: doubling from 50 ms to 2 s, with jitter.
struct RetryPause {
  private(set) var attempts = 0

  var hasWaited: Bool { attempts > 0 }

  /// True for the first attempt and then about twice a minute.
  var isWorthSaying: Bool { attempts == 0 || attempts % 16 == 15 }

  /// The next pause in seconds.
  mutating func next() -> Double {
    let bound = min(2, 0.05 * Double(1 << min(attempts, 6)))
    attempts += 1
    return Double.random(in: bound / 2...bound)
  }
}
