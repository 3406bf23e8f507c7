import Dashboard
import Dispatch
import Foundation
import Logging
import Programs
import RedisQueue
import RunQueue

/// Looks at the queue again and again and puts up what it saw.
struct DashboardObserver: ServiceLoop {
  let queue: QueueAddress
  let board: DashboardBoard
  let interval: Double
  let logger: Logger
  private var store: RedisRunStore?
  private var ledger: QueueLedger
  private var next = 0.0

  init(queue: QueueAddress, board: DashboardBoard, interval: Double, logger: Logger) {
    self.queue = queue
    self.board = board
    self.interval = interval
    self.logger = logger
    ledger = board.ledger
  }

  /// Lines of history that a look brings at most, some one megabyte.
  static let lines = 2000

  /// Seconds between two looks while history is to be read.
  static let pause = 0.25

  /// A look if one is due, else a wait of up to a second.
  mutating func step() throws {
    let wait = next - ServerContact.now()
    if wait > 0 {
      let before = board.wanted
      board.wait(upTo: min(wait, 1))
      if board.wanted != before { next = 0 }
      return
    }
    do throws(StoreError) {
      let look = try open().look(ledger.known(wanted: board.wanted), lines: Self.lines)
      let now = Moment.now()
      ledger.fold(look, at: now)
      board.post(ledger, at: now)
      next = now.seconds + (ledger.isBehind ? min(Self.pause, interval) : interval)
    } catch {
      let now = Moment.now()
      ledger.fail("\(error)", at: now)
      board.post(ledger, at: now)
      throw error
    }
  }

  private mutating func open() throws(StoreError) -> RedisRunStore {
    if let store { return store }
    let store = try queue.openStore()
    logger.info("looking", metadata: ["queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
    self.store = store
    return store
  }
}
