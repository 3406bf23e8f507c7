import RunQueue

/// A call to the store, as the ledger and the trace know it.
enum StoreCall {
  case claim
  case deliver([TaskID])
  case publish(count: Int, after: IterationID)
  case commit(IterationID)
  case reap
  case other(String)

  /// Whether it may put a task under a lease.
  var takes: Bool {
    switch self {
    case .claim, .deliver: true
    case .publish, .commit, .reap, .other: false
    }
  }

  var name: String {
    switch self {
    case .claim: "claim"
    case .deliver(let tasks):
      "deliver " + tasks.map { "\($0)" }.joined(separator: ", ")
    case .publish(let count, let update): "publish \(count) after \(update)"
    case .commit(let iteration): "commit \(iteration)"
    case .reap: "reap"
    case .other(let name): name
    }
  }
}
