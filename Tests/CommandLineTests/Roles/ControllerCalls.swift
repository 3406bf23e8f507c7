import RunQueue

enum LeaderCalls {
  typealias Call = RoleCall<any LeaderStore>

  static let all = [lead, resign]

  private static let lead = Call("lead(_:as:lease:)") { store, _ in
    try LeaderRole.allCases.allSatisfy { try store.lead($0, as: "x", lease: 30).name == "x" }
  }

  private static let resign = Call(
    "resign(_:as:)",
    after: { stage in
      for role in LeaderRole.allCases { _ = try stage.store.lead(role, as: "x", lease: 30) }
    },
    { store, stage in
      for role in LeaderRole.allCases { try store.resign(role, as: "x") }
      return try LeaderRole.allCases.allSatisfy { try stage.store.leader(of: $0) == nil }
    })
}

enum ControllerCalls {
  typealias Call = RoleCall<any ControllerStore>

  static let all = [nextUpdate, publish, end]

  /// A malformed message and one of a paused run stand before it; then the list is empty.
  private static let nextUpdate = Call(
    "nextUpdate(timeout:)",
    after: { stage in
      try stage.push("x", onto: stage.store.keys.updates)
      try stage.submit("b")
      try stage.store.pause(stage.run("b"))
    },
    { store, stage in
      guard try store.nextUpdate(timeout: 0.01) == nil else { return false }
      try stage.submit("a")
      return try store.nextUpdate(timeout: 0) == stage.iteration("a -1")
    })

  /// The tasks take turns with those of another run.
  private static let publish = Call(
    "publish(_:after:by:)",
    after: { stage in
      try stage.begin("b", tasks: 2)
      try stage.submit("a")
      _ = try stage.store.lead(.controller, as: "x", lease: 30)
    },
    { store, stage in
      try store.publish(.marked(tasks: 3), after: stage.iteration("a -1"), by: "x")
    })

  private static let end = Call(
    "end(_:as:by:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
      try stage.reduce("a 0")
      _ = try stage.store.lead(.controller, as: "x", lease: 30)
    },
    { store, stage in
      try store.end(stage.iteration("a 0"), as: RunEnding(.finished, message: "done"), by: "x")
    })
}
