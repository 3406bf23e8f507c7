import Foundation
import Logging
import RedisQueue
import ServiceLifecycle

/// Ends a process that was told to end while its server does not answer.
///
/// A blocking call, a connection that is being made or a name that is being looked up cannot be
/// interrupted, and there is nobody to say a last word to: leases and leads end by themselves.
public struct ServerlessEnd: Service {
  /// Seconds without an answer, after the end was asked for, until the process ends.
  static let patience = 0.8

  let logger: Logger

  /// Waits for the signal, then watches from a thread of its own.
  public func run() async throws {
    try? await gracefulShutdown()
    Self.watch {
      logger.warning(
        "ends without a last word, since Redis does not answer: leases end by themselves")
      exit(0)
    }
  }

  /// Calls `end` from a thread of its own once the server has not answered for long enough from now on.
  public static func watch(_ end: @escaping @Sendable () -> Void) {
    let start = ServerContact.now()
    Thread.detachNewThread {
      while true {
        let now = ServerContact.now()
        if let since = ServerContact.ofProcess.outage, now - max(since, start) > patience {
          return end()
        }
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
  }
}
