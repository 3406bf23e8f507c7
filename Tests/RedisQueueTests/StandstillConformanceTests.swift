import RunQueue
import Testing

/// What vanished from a queue is issued again, once, and only when nothing moves.
@Suite struct StandstillConformanceTests {
  /// Looks twice, as the aggregator does.
  private func look(_ store: any RunStore) throws -> Standstill {
    guard case .moving(let place) = try store.reissueVanished(of: run("a"), since: nil) else {
      Issue.record("nothing is known of the run, so it moves")
      return .whole
    }
    return try store.reissueVanished(of: run("a"), since: place)
  }

  /// Run a with three tasks: one delivered, one leased, one pending.
  private func begin(_ kind: StoreKind) throws -> any StoreUnderTest {
    let subject = try kind.make()
    try subject.store.begin("a", tasks: 3)
    _ = try subject.store.complete(subject.store.take(by: "e1"), result: "1")
    _ = try subject.store.take(by: "e1")
    return subject
  }

  @Test(arguments: StoreKind.allCases)
  func `a queue that lacks nothing stays as it is`(kind: StoreKind) throws {
    let subject = try begin(kind)
    let before = try subject.state()
    #expect(try look(subject.store) == .whole)
    #expect(try subject.state() == before)
  }

  @Test(arguments: StoreKind.allCases)
  func `tasks that are neither pending, leased nor delivered are queued`(kind: StoreKind) throws {
    let subject = try begin(kind)
    try subject.delete(.tasks)
    #expect(try look(subject.store) == .issuedTasks(1))
    #expect(try subject.state().tasks == ["a 0 2"])
    try subject.delete(.leases)
    #expect(try look(subject.store) == .issuedTasks(1))
    #expect(try subject.state().tasks == ["a 0 2", "a 0 1"])
    try subject.delete(.returns)
    #expect(try look(subject.store) == .issuedTasks(1))
    #expect(try Set(subject.state().tasks) == ["a 0 0", "a 0 1", "a 0 2"])
    #expect(try look(subject.store) == .whole)
  }

  @Test(arguments: StoreKind.allCases)
  func `a run that has moved since the last look is left alone`(kind: StoreKind) throws {
    let subject = try begin(kind)
    let store = subject.store
    guard case .moving(let place) = try store.reissueVanished(of: run("a"), since: nil) else {
      return
    }
    _ = try store.complete(task("a 0 1"), result: "1")
    try subject.delete(.tasks)
    guard case .moving = try store.reissueVanished(of: run("a"), since: place) else {
      Issue.record("a result came, so it moved")
      return
    }
    #expect(try subject.state().tasks == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `the announcement of a complete iteration is made again`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try look(store) == .whole)
    try subject.delete(.results)
    #expect(try look(store) == .announcedResult)
    #expect(try subject.state().results == ["a 0"])
  }

  @Test(arguments: StoreKind.allCases)
  func `the announcement of an iteration that lost a result is dropped, its task queued`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    try subject.delete(.returns)
    #expect(try store.nextResult(timeout: 0) == nil)
    #expect(try look(store) == .issuedTasks(1))
    #expect(try subject.state() == QueueState(tasks: ["a 0 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `the update of a new or reduced run is sent again, but not of a held one`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    try subject.delete(.updates)
    #expect(try look(store) == .announcedUpdate)
    #expect(try subject.state().updates == ["a -1"])
    #expect(try look(store) == .whole)
    try store.pause(run("a"))
    try subject.delete(.updates)
    #expect(try store.reissueVanished(of: run("a"), since: nil) == .whole)
    try store.resume(run("a"))
    #expect(try look(store) == .announcedUpdate)
    #expect(try store.publish(.tasks(1), after: iteration("a -1")))
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    try subject.delete(.updates)
    #expect(try look(store) == .announcedUpdate)
    #expect(try subject.state().updates == ["a 0"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a reduction does not go on from a history of another length`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    var snapshot = try store.snapshot(of: run("a"))
    snapshot.history = ["{}", "{}"]
    try store.restore(snapshot, as: run("b"))
    #expect(try store.publish(.tasks(1), after: iteration("a -1")))
    #expect(try store.publish(.tasks(1), after: iteration("b -1")))
    for _ in 0..<2 { _ = try store.complete(store.take(by: "e1"), result: "1") }
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(throws: StoreError.self) { try store.commit(.marked("0"), of: iteration("b 0")) }
  }
}
