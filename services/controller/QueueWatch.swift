import Dispatch
import Logging
import RunQueue

/// Says in the log when tasks wait and nobody works on them.
struct QueueWatch {
  let store: any QueueObserver
  let logger: Logger
  let queue: String
  private var idleSince: UInt64?
  private var lastWarning: UInt64?

  init(store: any QueueObserver, queue: String, logger: Logger) {
    self.store = store
    self.queue = queue
    self.logger = logger
  }

  /// Looks at the queue; warns after 5 s without evaluators and then every 30 s.
  mutating func look() throws(StoreError) {
    let overview = try store.overview()
    let now = DispatchTime.now().uptimeNanoseconds
    guard overview.isStarved else {
      if lastWarning != nil { logger.notice("evaluators are at work again") }
      idleSince = nil
      lastWarning = nil
      return
    }
    let since = idleSince ?? now
    idleSince = since
    let idle = (now - since) / 1_000_000_000
    guard idle >= 5, lastWarning.map({ now - $0 > 30_000_000_000 }) ?? true else { return }
    lastWarning = now
    let absence =
      overview.alive.isEmpty
      ? "no evaluator is connected" : "none but drained evaluators are connected"
    logger.warning(
      """
      \(overview.pending) tasks are pending and \(absence) to queue \(queue) \
      for \(idle) s: start one with 'chromatic-evaluator --redis URL --queue \(queue)'
      """)
  }
}
