import RunQueue

/// A call to the store, as the ledger and the trace know it.
enum StoreCall {
  case claim
  case complete(TaskID)
  case publish(count: Int, after: IterationID)
  case commit(IterationID)
  case reap
  case other(String)

  var name: String {
    switch self {
    case .claim: "claim"
    case .complete(let task): "complete \(task)"
    case .publish(let count, let update): "publish \(count) after \(update)"
    case .commit(let iteration): "commit \(iteration)"
    case .reap: "reap"
    case .other(let name): name
    }
  }
}
