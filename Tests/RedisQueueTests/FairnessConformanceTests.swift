import RunQueue
import Testing

/// Runs take turns on one list of tasks, the same way on every store.
@Suite struct FairnessConformanceTests {
  /// Claims and delivers until `run` has completed an iteration; the number of claims it took.
  private func claims(until run: String, on store: any RunStore) throws -> Int {
    for count in 1...100_000 {
      let task = try store.take(by: "e1")
      let completion = try store.complete(task, result: "1")
      if completion == .completedIteration, task.iteration.run.name == run { return count }
    }
    return .max
  }

  @Test(arguments: StoreKind.allCases)
  func `a small run beside a huge one waits for as many tasks as it has itself`(kind: StoreKind)
    throws
  {
    let store = try kind.make().store
    try store.begin("huge", tasks: 10_000)
    for _ in 0..<7 { _ = try store.take(by: "e1") }
    try store.begin("small", tasks: 50)
    for number in 0..<3 {
      #expect(try claims(until: "small", on: store) <= 100)
      #expect(try store.commit(.marked("0"), of: iteration("small \(number)")))
      #expect(try store.publish(.tasks(50), after: iteration("small \(number)")))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a huge publication delays a small run no more`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.begin("small", tasks: 50)
    try store.begin("huge", tasks: 10_000)
    #expect(try claims(until: "small", on: store) <= 100)
    #expect(try claims(until: "huge", on: store) == 10_050 - 99)
  }

  @Test(arguments: StoreKind.allCases)
  func `behind the window tasks wait at the end, each once`(kind: StoreKind) throws {
    let subject = try kind.make()
    let names = ["a", "b", "c"]
    for name in names { try subject.store.begin(name, tasks: 12_000) }
    let tasks = try subject.state().tasks
    #expect(tasks.prefix(4) == ["a 0 0", "b 0 0", "c 0 0", "a 0 1"])
    for name in names {
      let own = tasks.filter { $0.hasPrefix("\(name) ") }
      #expect(own == (0..<12_000).map { "\(name) 0 \($0)" })
    }
    #expect(tasks.suffix(2000).allSatisfy { $0.hasPrefix("c ") })
  }

  @Test(arguments: StoreKind.allCases)
  func `a slow evaluation is issued again in turn beside the pending ones of another run`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    try subject.store.begin("a", tasks: 1)
    let slow = try subject.store.take(by: "frozen")
    try subject.store.begin("b", tasks: 2000)
    try subject.pass(seconds: 5)
    #expect(try subject.store.issueBackups(of: run("a"), after: 4) == [slow])
    #expect(try subject.store.issueBackups(of: run("a"), after: 0) == [], "one is pending")
    #expect(try subject.state().tasks.prefix(3) == ["b 0 0", "a 0 0", "b 0 1"])
  }

  @Test func `both stores queue the same tasks in the same order`() throws {
    let subjects = try StoreKind.allCases.map { try $0.make() }
    var random = SystemRandomNumberGenerator()
    for round in 0..<30 {
      let count = Int.random(in: 1...400, using: &random)
      let taken = Int.random(in: 0...300, using: &random)
      for subject in subjects {
        try subject.store.begin("r\(round)", tasks: count)
        for _ in 0..<taken { _ = try subject.store.claim(by: "e1", lease: 30) }
      }
      #expect(try subjects[0].state() == subjects[1].state(), "\(round): \(count), \(taken)")
    }
  }
}
