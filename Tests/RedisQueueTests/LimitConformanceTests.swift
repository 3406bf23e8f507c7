import Programs
import LocalRing
import RedisQueue
import RunPlan
import RunQueue
import ServerTestKit
import Testing

/// What is too much is refused with its limit, the same way on every store.
@Suite struct LimitConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `a queue takes so many runs that are not over, and keeps so many`(kind: StoreKind) throws {
    let limits = QueueLimits(runsInProgress: 2, runsKept: 3)
    let subject = try kind.make(limits: limits)
    let store = subject.store
    for name in ["a", "b"] { try store.submit(run(name), config: [:]) }
    let before = try subject.state()
    #expect(throws: StoreError.tooManyRuns(inProgress: 2)) {
      try store.submit(run("c"), config: [:])
    }
    #expect(try subject.state() == before)
    try store.cancel(run("a"))
    try store.submit(run("c"), config: [:])
    try store.cancel(run("b"))
    #expect(throws: StoreError.tooManyRuns(kept: 3)) { try store.submit(run("d"), config: [:]) }
    try store.forget(run("a"))
    try store.submit(run("d"), config: [:])
    #expect(try store.runs().keys.sorted().map(\.name) == ["b", "c", "d"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a result that is too large becomes a failed evaluation`(kind: StoreKind) throws {
    let store = try kind.make(limits: QueueLimits(resultBytes: 10)).store
    try store.begin("a", tasks: 2)
    _ = try store.complete(store.take(by: "e1"), result: String(repeating: "ö", count: 5))
    for evaluator in ["e1", "e2"] {
      _ = try store.complete(
        store.take(by: evaluator), result: String(repeating: "x", count: 11), by: evaluator)
    }
    let results = try store.results(of: iteration("a 0"))
    #expect(results[0] == "ööööö")
    #expect(results[1] == "failed the result has 11 bytes, at most 10 are taken")
  }

  @Test(arguments: StoreKind.allCases)
  func `a configuration, publication or reduction that is too large changes nothing`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make(limits: QueueLimits(configurationBytes: 10, effectBytes: 10))
    let store = subject.store
    func overLimit(_ body: () throws -> Void) throws {
      let before = try subject.state()
      let error = #expect(throws: StoreError.self, performing: body)
      guard case .overLimit = error else { throw NoLimit() }
      #expect(try subject.state() == before)
    }
    try overLimit { try store.submit(run("a"), config: ["options": "0123456789"]) }
    try store.submit(run("a"), config: ["seed": "7"])
    let large = ["theta": "0123456789"]
    try overLimit {
      let publication = Publication(
        taskCount: 1, weights: nil, partitions: nil, checkpoint: large)
      _ = try store.publish(publication, after: iteration("a -1"))
    }
    #expect(try store.publish(.tasks(1), after: iteration("a -1")))
    _ = try store.complete(store.take(by: "e1"), result: "1")
    try overLimit {
      let reduction = Reduction(weights: large, partitions: [:], checkpoint: [:], history: nil)
      _ = try store.commit(reduction, of: iteration("a 0"))
    }
    let small = Reduction(weights: ["w": "0"], partitions: [:], checkpoint: [:], history: nil)
    #expect(try store.commit(small, of: iteration("a 0")))
  }

  @Test(arguments: StoreKind.allCases)
  func `a forgotten run leaves nothing but its name, for the same settings only`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(throws: StoreError.wrongPhase(try run("a"), .running, operation: "forget")) {
      try store.forget(run("a"))
    }
    try store.cancel(run("a"))
    try store.forget(run("a"))
    #expect(throws: StoreError.noSuchRun(try run("a"))) { try store.forget(run("a")) }
    #expect(try subject.state() == QueueState(tasks: ["a 0 1"]))
    for hash in RunHash.allCases { #expect(try store.fields(hash, of: run("a")) == [:]) }
    #expect(try store.claim(by: "e1", lease: 30) == nil)
    #expect(throws: StoreError.runForgotten(try run("a"))) {
      try store.submit(run("a"), config: ["seed": "8"])
    }
    try store.submit(run("a"), config: ["seed": "7"])
    #expect(try subject.state() == QueueState(updates: ["a -1"], runs: ["a": "submitted"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `messages of a forgotten run do not reach a later one of its name`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    for attempt in 0..<2 {
      try store.begin("a", tasks: 1)
      _ = try store.complete(store.take(by: "e1"), result: "\(attempt)")
      #expect(try subject.state().results == ["a 0"])
      try store.cancel(run("a"))
      try store.forget(run("a"))
      #expect(try subject.state() == QueueState())
    }
  }

  @Test func `a server without room for a run refuses it, with what would help`() throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    defer { server.stop() }
    let store = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    var configuration = RunConfiguration(
      environment: .init("HalfCheetah-v5"), observationSize: 17, actionSize: 6)
    configuration.estimator = .forward
    configuration.perturbations = 300
    try store.checkMemory(for: configuration)
    try RedisConnection(to: server.url).send(["CONFIG", "SET", "maxmemory", "5mb"])
    try store.checkMemory(for: configuration)
    for name in ["a", "b", "c"] { try store.submit(run(name), config: configuration.fields) }
    let full = #expect(throws: StoreError.self) { try store.checkMemory(for: configuration) }
    #expect("\(try #require(full))".contains("has 4 MB for runs: raise maxmemory"))
    for name in ["a", "b", "c"] { try store.cancel(run(name)) }
    try store.checkMemory(for: configuration)
    configuration.perturbations = 10_000
    #expect(throws: StoreError.self) { try store.checkMemory(for: configuration) }
    configuration.perturbations = 90_000
    let batch = #expect(throws: StoreError.self) { try store.checkMemory(for: configuration) }
    #expect("\(try #require(batch))".hasPrefix("a batch of partitions would have"))
  }
}

private struct NoLimit: Error {}
