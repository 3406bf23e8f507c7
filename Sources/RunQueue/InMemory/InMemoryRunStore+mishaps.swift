/// A key of a queue without which a run stands still.
public enum VanishingKey: CaseIterable, Sendable {
  /// Tasks that wait for an evaluator.
  case tasks
  /// Tasks in flight.
  case leases
  /// Iterations to reduce.
  case results
  /// Iterations to follow up.
  case updates
  /// The results of the run's iteration.
  case returns
}

/// What no role may do and what happens all the same, for tests and simulations.
extension InMemoryRunStore {
  /// Deletes one key, as an operator's slip or an eviction does.
  public func delete(_ key: VanishingKey, of run: RunID) throws(StoreError) {
    try withQueue { queue in
      switch key {
      case .tasks: queue.tasks = TaskList()
      case .leases: queue.leases = [:]
      case .results: queue.results = []
      case .updates: queue.updates = []
      case .returns: queue.runs[run]?.returns = [:]
      }
    }
  }

  /// Removes all that the queue holds, as FLUSHALL does.
  public func flush() throws(StoreError) { try withQueue { $0 = InMemoryQueue() } }
}
