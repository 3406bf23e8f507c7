/// How busy a queue is, and who works on it.
public protocol QueueObserver: RunLister {
  /// Lengths of the queue's lists and hashes, and the evaluators that sent a heartbeat.
  func overview() throws(StoreError) -> QueueOverview
  /// Who leads in a role, nil if nobody does.
  func leader(of role: LeaderRole) throws(StoreError) -> Leader?
}
