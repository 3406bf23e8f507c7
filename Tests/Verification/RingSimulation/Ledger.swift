import RunQueue

/// Watches what takes effect at the store: every index of every iteration is counted once.
struct Ledger {
  private var expected: [IterationID: Int] = [:]
  private var counted: [IterationID: Set<Int>] = [:]
  private(set) var committed: Set<IterationID> = []
  /// Iterations whose results were deleted: an aggregator may have read them before.
  private var damaged: Set<IterationID> = []
  /// Tasks that were lost too often and recorded as failed.
  private(set) var givenUp = 0
  /// Iterations with a task that may not be lost once more.
  private(set) var endangered: Set<IterationID> = []
  private(set) var violations: [String] = []

  /// Notes the value that a call returned when it took effect.
  mutating func note(_ call: StoreCall, _ value: Any) {
    switch (call, value) {
    case (.deliver(let tasks), let receipt as Receipt):
      for (task, completion) in zip(tasks, receipt.completions) {
        switch completion {
        case .accepted, .completedIteration: count(task)
        case .duplicate, .stale, .doubted, .overruled: break
        }
      }
    case (.reap, let reaped as [ReapedTask]):
      for lost in reaped { note(lost) }
    case (.publish(let number, let update), true as Bool):
      publish(number, IterationID(run: update.run, iteration: update.iteration + 1))
    case (.commit(let iteration), true as Bool):
      commit(iteration)
    default:
      break
    }
  }

  /// The results of the run's iteration are gone, so its evaluations will count again.
  mutating func forgetResults(of run: RunID) {
    let open = expected.keys.filter { $0.run == run && !committed.contains($0) }
    damaged.formUnion(open)
  }

  /// All is gone, and the same names begin again.
  mutating func beginAnew() {
    expected = [:]
    counted = [:]
    committed = []
    endangered = []
  }

  private mutating func count(_ task: TaskID) {
    if !counted[task.iteration, default: []].insert(task.index).inserted,
      !damaged.contains(task.iteration)
    {
      violations.append("task \(task) was counted twice")
    }
  }

  private mutating func note(_ lost: ReapedTask) {
    if lost.isDead {
      givenUp += 1
      count(lost.task)
    } else if lost.attempt >= 3 {
      endangered.insert(lost.task.iteration)
    }
  }

  private mutating func publish(_ number: Int, _ iteration: IterationID) {
    if expected.updateValue(number, forKey: iteration) != nil {
      violations.append("iteration \(iteration) was published twice")
    }
  }

  private mutating func commit(_ iteration: IterationID) {
    endangered.remove(iteration)
    if !committed.insert(iteration).inserted {
      violations.append("iteration \(iteration) was reduced twice")
    }
    if counted[iteration] != Set(0..<(expected[iteration] ?? 0)) {
      violations.append(
        "iteration \(iteration) was reduced with \(counted[iteration]?.count ?? 0) of "
          + "\(expected[iteration] ?? 0) evaluations")
    }
  }
}
