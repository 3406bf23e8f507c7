import Dispatch
import Foundation
import Logging
import RedisQueue
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
/// Errors of the moment, at the start as later, are logged and tried again after a growing pause, as
/// `Patience.service` says; any other error ends the service and with it the process.
public final class BlockingService: Service {
  /// What it does, in a word or two.
  let name: String
  private let logger: Logger
  private let makeLoop: @Sendable () throws -> any ServiceLoop
  private let onShutdown: @Sendable () -> Void
  private let stopping = Atomic(false)
  private let roundBegan = Atomic(DispatchTime.now().uptimeNanoseconds)
  private let wake = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - name: what the log calls it.
  ///   - logger: told of errors that pass.
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

  /// Seconds since the present round of the loop began, waits for the server included.
  var secondsInRound: Double {
    let began = roundBegan.load(ordering: .relaxed)
    return Double(DispatchTime.now().uptimeNanoseconds - began) * 1e-9
  }

  /// Runs the loop on its thread until shutdown.
  public func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { continuation in
        do {
          try WorkerThread.start(name) {
            continuation.resume(with: Result { try self.repeatUntilStopped() })
          }
        } catch {
          continuation.resume(throwing: error)
        }
      }
    } onCancelOrGracefulShutdown: {
      self.stopping.store(true, ordering: .relaxed)
      self.wake.signal()
      self.onShutdown()
    }
  }

  private func repeatUntilStopped() throws {
    var patience = Patience.service
    var loop: (any ServiceLoop)?
    while !stopping.load(ordering: .relaxed) {
      roundBegan.store(DispatchTime.now().uptimeNanoseconds, ordering: .relaxed)
      do {
        if loop == nil { loop = try makeLoop() }
        try loop?.step()
        if patience.failures > 0, OutageNotes.ofProcess.ends() { logger.notice("connected again") }
        patience.served()
      } catch let error as StoreError {
        guard
          let delay = patience.delay(
            after: error, at: ServerContact.now(), jitter: .random(in: 0..<1))
        else { throw error }
        // The first failure, then about twice a minute; once, however many threads it meets.
        if patience.failures % 20 == 1, OutageNotes.ofProcess.isNew("\(error)") {
          logger.warning("\(error); trying again")
        }
        if wake.wait(timeout: .now() + delay) == .success { wake.signal() }
      }
    }
    try end(loop)
  }

  /// Says the last word, unless nobody can hear it: leases and leads end by themselves.
  private func end(_ loop: (any ServiceLoop)?) throws {
    do {
      var loop = loop
      try loop?.finish()
    } catch let error as StoreError where error.isTransient {
      logger.warning("\(error); ends without a last word")
    }
  }
}
