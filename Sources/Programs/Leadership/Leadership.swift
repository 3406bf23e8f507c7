import Foundation
import Logging
import Ring
import RunQueue

/// Whether this service leads in its role, shared by the thread that works and the one that renews.
///
/// It spares a standby the work; what keeps a former leader from committing is the store.
public final class Leadership: @unchecked Sendable {
  /// The role.
  public let role: LeaderRole
  /// The service's name.
  public let name: String
  private let logger: Logger
  // Every access to what follows holds `lock`; that is what makes the class Sendable.
  private let lock = NSCondition()
  private var isLeading = false
  private var isEnding = false
  private var lastLeader: String?

  /// The leadership of the service `name`, which does not lead yet.
  public init(_ role: LeaderRole, name: String, logger: Logger) {
    self.role = role
    self.name = name
    self.logger = logger
  }

  /// Whether this service leads, after waiting up to `seconds` for it.
  public func wait(upTo seconds: Double) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while !isLeading, lock.wait(until: deadline) {}
    return isLeading
  }

  /// The store refused an effect: no more work until it says again who leads.
  func doubt() {
    lock.lock()
    defer { lock.unlock() }
    isLeading = false
    lock.broadcast()
  }

  /// Learns from the store who leads, and says so when that has changed.
  func learn(_ leader: Leader) {
    lock.lock()
    defer { lock.unlock() }
    isLeading = leader.name == name
    lock.broadcast()
    guard lastLeader != leader.name else { return }
    lastLeader = leader.name
    if isLeading {
      logger.notice("leading", metadata: ["name": "\(name)"])
    } else {
      logger.notice("standing by: \(leader.name) leads", metadata: ["name": "\(name)"])
    }
  }

  /// The lead as the role commits under it.
  public var lead: Lead { Lead(name: name, doubt: doubt) }

  /// Waits up to `seconds`, as long as this service leads and is not about to end.
  func rest(upTo seconds: Double) {
    lock.lock()
    defer { lock.unlock() }
    if isLeading, !isEnding { _ = lock.wait(until: Date(timeIntervalSinceNow: seconds)) }
  }

  /// Ends every rest at once: a leader that is to end should resign without delay.
  func endRests() {
    lock.lock()
    defer { lock.unlock() }
    isEnding = true
    lock.broadcast()
  }

  /// The service that asks for the lead on `queue` and renews it.
  public func service(on queue: QueueAddress) -> BlockingService {
    BlockingService("leadership", logger: logger, onShutdown: endRests) {
      LeadershipRenewal(store: try queue.openStore(), leadership: self)
    }
  }
}
