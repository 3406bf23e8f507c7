import RunQueue

enum RunReaderCalls {
  static let all = [allFields, namedFields]

  private static let allFields = RoleCall<any RunReader>(
    "fields(_:of:)", after: { try $0.begin("a", tasks: 1) },
    { store, stage in
      try RunHash.allCases.allSatisfy { try !store.fields($0, of: stage.run("a")).isEmpty }
    })

  private static let namedFields = RoleCall<any RunReader>(
    "fields(_:in:of:)", after: { try $0.begin("a", tasks: 1) },
    { store, stage in
      try RunHash.allCases.allSatisfy { hash in
        let names = try stage.store.fields(hash, of: stage.run("a")).keys.sorted()
        return try !store.fields(names, in: hash, of: stage.run("a")).contains(nil)
      }
    })
}

enum RunListerCalls {
  static let all = [runs]

  private static let runs = RoleCall<any RunLister>(
    "runs()", after: { try $0.submit("a") },
    { store, stage in try store.runs() == [stage.run("a"): .submitted] })
}

enum QueueObserverCalls {
  static let all = [overview, leader]

  private static let overview = RoleCall<any QueueObserver>(
    "overview()",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.take()
      try stage.store.heartbeat("e", status: "{}")
    },
    { store, _ in
      let overview = try store.overview()
      return overview.pending == 1 && overview.leased == 1 && overview.evaluators.count == 1
    })

  private static let leader = RoleCall<any QueueObserver>(
    "leader(of:)",
    after: { stage in _ = try stage.store.lead(.controller, as: "x", lease: 30) },
    { store, _ in try store.leader(of: .controller)?.name == "x" })
}

enum ViewerCalls {
  static let all = [history, lastFailure, deadTasks, snapshot]

  private static let history = RoleCall<any ViewerStore>(
    "history(of:from:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
      try stage.reduce("a 0")
    },
    { store, stage in try store.history(of: stage.run("a"), from: 0) == ["{}"] })

  private static let lastFailure = RoleCall<any ViewerStore>(
    "lastFailure(of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.fail()
    },
    { store, stage in try store.lastFailure(of: stage.run("a")) == "x" })

  private static let deadTasks = RoleCall<any ViewerStore>(
    "deadTasks()",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.lose()
    },
    { store, _ in try store.deadTasks().map(\.standing) == [.lost] })

  private static let snapshot = RoleCall<any ViewerStore>(
    "snapshot(of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
    },
    { store, stage in try store.snapshot(of: stage.run("a")).returns == [0: "1"] })
}

enum DashboardCalls {
  static let all = [look]

  /// A run in the middle of an iteration, one task of which was lost, and its history.
  private static let look = RoleCall<any DashboardStore>(
    "look(_:lines:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.take()
      try stage.store.heartbeat("e", status: "{}")
      try stage.push("{}", onto: stage.store.keys.history(of: stage.run("a")))
    },
    { store, stage in
      let known = KnownRun(name: "a", stamp: "", lines: 0)
      let look = try store.look([known], lines: 10)
      return look.server != nil && look.damage.isEmpty && look.runs.map(\.lines) == [["{}"]]
        && look.overview.leased == 1 && look.runs[0].contents?.record.damage == nil
    })
}
