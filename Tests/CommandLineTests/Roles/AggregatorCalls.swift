import RunQueue

enum AggregatorCalls {
  typealias Call = RoleCall<any AggregatorStore>

  static let all = [
    nextResult, results, someResults, resultCount, commit, suspend, reissue, reap, issueBackups,
    fail,
  ]

  /// A malformed message and one of a cancelled run stand before it; then the list is empty.
  private static let nextResult = Call(
    "nextResult(timeout:)",
    after: { stage in
      try stage.push("x", onto: stage.store.keys.results)
      try stage.begin("b", tasks: 1)
      try stage.finish()
      try stage.store.cancel(stage.run("b"))
      try stage.begin("a", tasks: 1)
    },
    { store, stage in
      guard try store.nextResult(timeout: 0.01) == nil else { return false }
      try stage.finish()
      return try store.nextResult(timeout: 0) == stage.iteration("a 0")
    })

  private static let results = Call(
    "results(of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
    },
    { store, stage in try store.results(of: stage.iteration("a 0")) == [0: "1"] })

  private static let resultCount = Call(
    "resultCount(of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
    },
    { store, stage in try store.resultCount(of: stage.iteration("a 0")) == 1 })

  private static let someResults = Call(
    "results(_:of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
    },
    { store, stage in try store.results([0], of: stage.iteration("a 0")) == [0: "1"] })

  private static let commit = Call(
    "commit(_:of:by:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
      _ = try stage.store.lead(.aggregator, as: "x", lease: 30)
    },
    { store, stage in try store.commit(.marked, of: stage.iteration("a 0"), by: "x") })

  private static let suspend = Call(
    "suspend(_:of:message:by:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.fail()
      _ = try stage.store.lead(.aggregator, as: "x", lease: 30)
    },
    { store, stage in
      try store.suspend(stage.iteration("a 0"), of: nil, message: "all failed", by: "x")
    })

  /// One of two tasks vanished, then the announcement of the complete iteration.
  private static let reissue = Call(
    "reissueVanished(of:since:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.delete(stage.store.keys.tasks)
    },
    { store, stage in
      let run = try stage.run("a")
      func look() throws -> Standstill? {
        guard case .moving(let place) = try store.reissueVanished(of: run, since: nil) else {
          return nil
        }
        return try store.reissueVanished(of: run, since: place)
      }
      guard try look() == .issuedTasks(2) else { return false }
      try stage.finish()
      try stage.delete(stage.store.keys.results)
      guard try look() == .announcedResult else { return false }
      try stage.reduce("a 0")
      try stage.delete(stage.store.keys.updates)
      return try look() == .announcedUpdate
    })

  /// A task goes back to the queue, is lost again and given up.
  private static let reap = Call(
    "reapExpiredLeases(attempts:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.take(lease: 0)
      try stage.addSilentEvaluator()
    },
    { store, stage in
      guard try store.reapExpiredLeases(attempts: 2).map(\.isDead) == [false] else { return false }
      try stage.take(lease: 0)
      return try store.reapExpiredLeases(attempts: 2).map(\.isDead) == [true]
    })

  /// The backup takes turns with a task of another run.
  private static let issueBackups = Call(
    "issueBackups(of:after:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.take()
      try stage.begin("b", tasks: 1)
    },
    { store, stage in
      try store.issueBackups(of: stage.run("a"), after: 0.001) == [stage.task("a 0 0")]
    })

  private static let fail = Call(
    "fail(_:of:message:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.lose()
    },
    { store, stage in
      try store.fail(stage.run("a"), of: nil, message: "it cannot go on")
      return try stage.store.runs() == [stage.run("a"): .failed]
    })
}
