import Foundation
import Logging
import RunQueue
import ServiceLifecycle
import Synchronization

/// The work of a service: called again and again until it is told to stop.
public protocol ServiceLoop {
  /// One round, which returns within about a second.
  mutating func step() throws
  /// The last call, after shutdown began.
  mutating func finish() throws
}

extension ServiceLoop {
  /// Nothing is left to say.
  public mutating func finish() throws {}
}

/// A service whose work blocks (hiredis, simulators) and therefore runs on a thread of its own.
///
/// Transient store errors, at the start as later, are logged and tried again after a growing pause;
/// any other error ends the service and with it the process.
public final class BlockingService: Service {
  private let name: String
  private let logger: Logger
  private let makeLoop: @Sendable () throws -> any ServiceLoop
  private let onShutdown: @Sendable () -> Void
  private let stopping = Atomic(false)

  /// - Parameters:
  ///   - onShutdown: called from any thread when shutdown begins; ends a wait of the loop.
  ///   - makeLoop: called on the service's thread, again if it throws a transient error.
  public init(
    _ name: String, logger: Logger, onShutdown: @escaping @Sendable () -> Void = {},
    makeLoop: @escaping @Sendable () throws -> any ServiceLoop
  ) {
    self.name = name
    self.logger = logger
    self.onShutdown = onShutdown
    self.makeLoop = makeLoop
  }

  /// Runs the loop on its thread until shutdown.
  public func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try self.repeatUntilStopped() }) }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onCancelOrGracefulShutdown: {
      self.stopping.store(true, ordering: .relaxed)
      self.onShutdown()
    }
  }

  private func repeatUntilStopped() throws {
    let backOff = BackOff(first: 0.1, longest: 2)
    var loop: (any ServiceLoop)?
    var failures = 0
    while !stopping.load(ordering: .relaxed) {
      do {
        if loop == nil { loop = try makeLoop() }
        try loop?.step()
        if failures > 0 { logger.notice("connected again") }
        failures = 0
      } catch let error as StoreError where error.isTransient {
        failures += 1
        // The first failure, then about twice a minute.
        if failures % 20 == 1 { logger.warning("\(error); trying again") }
        Thread.sleep(
          forTimeInterval: backOff.delay(afterFailures: failures, jitter: .random(in: 0..<1)))
      }
    }
    try loop?.finish()
  }
}
