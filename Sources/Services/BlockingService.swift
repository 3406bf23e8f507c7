import Foundation
import Logging
import RunProtocol
import ServiceLifecycle
import Synchronization

/// The work of a service: called again and again until it is told to stop.
protocol ServiceLoop {
  /// One round, which returns within about a second.
  mutating func step() throws
  /// The last call, after shutdown began.
  mutating func finish() throws
}

extension ServiceLoop {
  mutating func finish() throws {}
}

/// A service whose work blocks (hiredis, simulators) and therefore runs on a thread of its own.
///
/// Transient store errors, at the start as later, are logged and tried again after a growing pause;
/// any other error ends the service and with it the process.
final class BlockingService: Service {
  private let name: String
  private let logger: Logger
  private let makeLoop: @Sendable () throws -> any ServiceLoop
  private let stopping = Atomic(false)

  /// - Parameter makeLoop: called on the service's thread, again if it throws a transient error.
  init(
    _ name: String, logger: Logger, makeLoop: @escaping @Sendable () throws -> any ServiceLoop
  ) {
    self.name = name
    self.logger = logger
    self.makeLoop = makeLoop
  }

  func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try self.repeatUntilStopped() }) }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onCancelOrGracefulShutdown: {
      self.stopping.store(true, ordering: .relaxed)
    }
  }

  private func repeatUntilStopped() throws {
    var loop: (any ServiceLoop)?
    var pause = RetryPause()
    while !stopping.load(ordering: .relaxed) {
      do {
        if loop == nil { loop = try makeLoop() }
        try loop?.step()
        if pause.hasWaited { logger.notice("connected again") }
        pause = RetryPause()
      } catch let error as StoreError where error.isTransient {
        if pause.isWorthSaying { logger.warning("\(error); trying again") }
        Thread.sleep(forTimeInterval: pause.next())
      }
    }
    try loop?.finish()
  }
}

/// The pauses between attempts while the store is away: doubling from 50 ms to 2 s, with jitter.
struct RetryPause {
  private var attempts = 0

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
