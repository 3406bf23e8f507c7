import RunQueue

enum AggregatorCalls {
  typealias Call = RoleCall<any AggregatorStore>

  static let all = [nextResult, results, commit, reap, issueBackups, fail]

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

  private static let commit = Call(
    "commit(_:of:by:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
      _ = try stage.store.lead(.aggregator, as: "x", lease: 30)
    },
    { store, stage in try store.commit(.marked, of: stage.iteration("a 0"), by: "x") })

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
    "fail(_:message:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.lose()
    },
    { store, stage in
      try store.fail(stage.run("a"), message: "it cannot go on")
      return try stage.store.runs() == [stage.run("a"): .failed]
    })
}
