import RunQueue
import Testing

enum OperatorCalls {
  typealias Call = RoleCall<any OperatorStore>

  static let all = [submit, pause, resume, cancel, requeue, drain, forget, restore]

  /// A run of the same name and configuration was forgotten before.
  private static let submit = Call(
    "submit(_:config:)",
    after: { stage in
      try stage.submit("a")
      try stage.store.cancel(stage.run("a"))
      try stage.store.forget(stage.run("a"))
    },
    { store, stage in
      try store.submit(stage.run("a"), config: ["seed": "7"])
      return try stage.store.runs() == [stage.run("a"): .submitted]
    })

  private static let pause = Call(
    "pause(_:)", after: { try $0.begin("a", tasks: 1) },
    { store, stage in
      try store.pause(stage.run("a"))
      return try stage.store.runs() == [stage.run("a"): .paused]
    })

  /// The run's update is parked.
  private static let resume = Call(
    "resume(_:)",
    after: { stage in
      try stage.begin("b", tasks: 1)
      try stage.fail()
      _ = try stage.store.suspend(stage.iteration("b 0"), of: nil, message: "", by: nil)
      try stage.submit("a")
      try stage.store.pause(stage.run("a"))
      #expect(try stage.store.nextUpdate(timeout: 0) == nil)
    },
    { store, stage in
      try store.resume(stage.run("a"))
      try store.resume(stage.run("b"))
      guard try stage.store.claim(by: "e", lease: 30) == stage.task("b 0 0") else { return false }
      return try stage.store.nextUpdate(timeout: 0) == stage.iteration("a -1")
    })

  private static let cancel = Call(
    "cancel(_:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      try stage.lose()
    },
    { store, stage in
      try store.cancel(stage.run("a"))
      return try stage.store.runs() == [stage.run("a"): .cancelled]
    })

  private static let drain = Call(
    "drain(_:undo:)", after: { try $0.store.heartbeat("e", status: "{}") },
    { store, stage in
      guard try store.drain(["e", "none"], undo: false) == ["none"],
        try store.drain(["e"], undo: false) == [], try stage.store.heartbeat("e", status: "{}")
      else { return false }
      _ = try store.drain(["e"], undo: true)
      return try !stage.store.heartbeat("e", status: "{}")
    })

  private static let requeue = Call(
    "requeueDeadTasks(of:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.lose()
    },
    { store, stage in
      guard try store.requeueDeadTasks(of: nil).map(\.standing) == [.lost] else { return false }
      return try stage.store.overview().pending == 1
    })

  private static let forget = Call(
    "forget(_:)",
    after: { stage in
      try stage.begin("a", tasks: 1)
      try stage.finish()
      try stage.store.cancel(stage.run("a"))
    },
    { store, stage in
      try store.forget(stage.run("a"))
      return try stage.store.runs().isEmpty
    })

  /// A run within an iteration, at its end and behind it.
  private static let restore = Call(
    "restore(_:as:)",
    after: { stage in
      try stage.begin("a", tasks: 2)
      _ = try stage.store.complete(stage.take(), result: "1")
      try stage.begin("b", tasks: 1)
    },
    { store, stage in
      try store.restore(stage.store.snapshot(of: stage.run("a")), as: stage.run("c"))
      try stage.finish()
      try store.restore(stage.store.snapshot(of: stage.run("a")), as: stage.run("d"))
      try stage.reduce("a 0")
      try store.restore(stage.store.snapshot(of: stage.run("a")), as: stage.run("e"))
      return try stage.store.runs().count == 5
    })
}
