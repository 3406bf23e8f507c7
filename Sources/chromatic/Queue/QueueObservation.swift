import Dashboard
import Foundation
import Programs
import RedisQueue
import RunQueue

/// A queue that is looked at again and again, each time in one round trip.
struct QueueObservation {
  private let store: RedisRunStore
  private(set) var ledger: QueueLedger

  /// The queue at `address`, connected and not looked at yet.
  init(of address: QueueAddress) throws {
    store = try address.openStore()
    ledger = QueueLedger(queue: address.keys.queue, server: "\(address.url)")
  }

  /// Looks once.
  mutating func look() throws {
    ledger.fold(try store.look(ledger.known(), lines: 0), at: .now())
  }

  /// Looks once, and again where something may be missing or may only be changing hands.
  mutating func lookClosely() throws {
    try look()
    guard ledger.isSuspicious else { return }
    Thread.sleep(forTimeInterval: QueueAlarms.pause)
    try look()
  }

  /// What is known now.
  var status: StatusView { StatusView(ledger, at: .now()) }
}
