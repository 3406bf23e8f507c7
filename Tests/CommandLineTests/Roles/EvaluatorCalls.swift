import RunQueue

enum EvaluatorCalls {
  typealias Call = RoleCall<any EvaluatorStore>

  static let all = [wait, claim, deliver, renew, release, heartbeat, leave]

  private static let wait = Call(
    "waitForTasks(timeout:)", after: { try $0.begin("a", tasks: 1) },
    { store, _ in try store.waitForTasks(timeout: 0.05) })

  /// A task that no longer counts and one that is malformed stand before it.
  private static let claim = Call(
    "claim(by:_:)",
    after: { stage in
      try stage.begin("b", tasks: 1)
      try stage.store.cancel(stage.run("b"))
      try stage.push("x", onto: stage.store.keys.tasks)
      try stage.begin("a", tasks: 1)
    },
    { store, stage in
      let several = ClaimRequest(lease: 30, except: [:], most: 4)
      return try store.claim(by: "e", several).claim?.task == stage.task("a 0 0")
    })

  private static let deliver = Call(
    "deliver(_:by:next:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.take()
    },
    { store, stage in
      let first = Claim(task: try stage.task("a 0 0"), submission: nil)
      let next = ClaimRequest(lease: 30, except: [:], most: 2)
      let receipt = try store.deliver("1", of: first, by: "e", next: next)
      let second = try stage.task("a 0 1")
      guard receipt.completions == [.accepted], receipt.next?.claim?.task == second
      else { return false }
      // The second task's first failure goes back, after a look at who else is alive.
      try store.heartbeat("other", status: "{}")
      for _ in 0..<2 {
        let outcome = try store.complete(stage.task("a 0 1"), result: "failed x", by: "e")
        guard outcome == .doubted else { return false }
      }
      let last = try store.complete(stage.task("a 0 1"), result: "failed x", by: "other")
      return last == .completedIteration
    })

  /// One lease goes on, that of a cancelled run ends.
  private static let renew = Call(
    "renew(_:by:lease:)",
    after: { stage in
      for name in ["a", "b"] {
        try stage.begin(name, tasks: 1)
        try stage.take()
      }
      try stage.store.cancel(stage.run("b"))
    },
    { store, stage in
      let tasks = try [stage.task("a 0 0"), stage.task("b 0 0")]
      return try store.renew(tasks, by: "e", lease: 30) == [tasks[1]]
    })

  private static let release = Call(
    "release(_:by:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.take()
    },
    { store, stage in
      try store.release([stage.task("a 0 0")], by: "e")
      return try stage.store.overview().pending == 1
    })

  private static let heartbeat = Call("heartbeat(_:status:)") { store, stage in
    try store.heartbeat("e", status: "{}")
    return try stage.store.overview().evaluators.count == 1
  }

  private static let leave = Call(
    "leave(_:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.take()
      try stage.store.heartbeat("e", status: "{}")
    },
    { store, stage in
      try store.leave("e")
      let overview = try stage.store.overview()
      return overview.pending == 1 && overview.leased == 0 && overview.evaluators.isEmpty
    })
}
