import Foundation
import RunQueue

/// Renews the lead every second, and asks for it four times a second while another one has it.
///
/// It has a thread of its own: a search step may take longer than a lease.
struct LeadershipRenewal: ServiceLoop {
  /// Seconds after which a leader that gives no sign of life is replaced.
  static let lease = 5.0

  let store: any LeaderStore
  let leadership: Leadership

  func step() throws {
    let leader = try store.lead(leadership.role, as: leadership.name, lease: Self.lease)
    leadership.learn(leader)
    if leader.name == leadership.name {
      leadership.rest(upTo: 1)
    } else {
      Thread.sleep(forTimeInterval: 0.25)
    }
  }

  /// The last word of a leader that ends in order: a standby takes over at once.
  func finish() throws { try store.resign(leadership.role, as: leadership.name) }
}
