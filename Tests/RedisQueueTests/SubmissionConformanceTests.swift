import RedisQueue
import Testing

@testable import RunQueue

/// What follows from another submission of the same name has no effect, on every store.
@Suite struct SubmissionConformanceTests {
  /// Submits a run, forgets all of it, and submits one of the same name; the two claims of `a 0 0`.
  private func claims(_ subject: any StoreUnderTest) throws -> (former: Claim, present: Claim) {
    let store = subject.store
    try store.begin("a", tasks: 1)
    let former = try #require(try store.claim(by: "e1", lease: 30, except: [:]).claim)
    try subject.flush()
    try store.begin("a", tasks: 1)
    return (former, try #require(try store.claim(by: "e2", lease: 30, except: [:]).claim))
  }

  @Test(arguments: StoreKind.allCases)
  func `a result of the former submission is stale and ends no lease`(kind: StoreKind) throws {
    let subject = try kind.make()
    let (former, present) = try claims(subject)
    #expect(former.task == present.task && former.submission != present.submission)
    #expect(try subject.store.complete(former, result: "1", by: "e1") == .stale)
    #expect(try subject.state().leases == ["a 0 0": "e2 1"])
    #expect(try subject.store.complete(present, result: "2", by: "e2") == .completedIteration)
    #expect(try subject.store.results(of: iteration("a 0")) == [0: "2"])
  }

  @Test(arguments: StoreKind.allCases)
  func `effects that follow from the former submission are refused`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    let (former, present) = try claims(subject)
    _ = try store.complete(present, result: "2", by: "e2")
    var reduction = Reduction.marked("x")
    reduction.submission = former.submission
    #expect(try !store.commit(reduction, of: iteration("a 0")))
    #expect(try subject.state().results == ["a 0"])
    reduction.submission = present.submission
    #expect(try store.commit(reduction, of: iteration("a 0")))
    var publication = Publication.tasks(1)
    publication.submission = former.submission
    #expect(try !store.publish(publication, after: iteration("a 0")))
    #expect(try subject.state().updates == ["a 0"])
    publication.submission = present.submission
    #expect(try store.publish(publication, after: iteration("a 0")))
  }

  @Test(arguments: StoreKind.allCases)
  func `tasks of a refused submission stay for others`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    for name in ["a", "b"] { try store.begin(name, tasks: 2) }
    let mark = try #require(
      try store.fields([Submission.field], in: .state, of: run("a")).first ?? nil)
    let refused = try [run("a"): mark]
    #expect(try store.claim(by: "e", lease: 30, except: refused).claim?.task == task("b 0 0"))
    #expect(try store.claim(by: "e", lease: 30, except: refused).claim?.task == task("b 0 1"))
    #expect(try store.claim(by: "e", lease: 30, except: refused) == .leftToOthers)
    #expect(try subject.state().tasks == ["a 0 0", "a 0 1"])
    #expect(
      try store.claim(by: "e", lease: 30, except: [run("a"): "x"]).claim?.task == task("a 0 0"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a restored run is the submission that it was`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.begin("a", tasks: 1)
    let snapshot = try store.snapshot(of: run("a"))
    let claim = try #require(try store.claim(by: "e", lease: 30, except: [:]).claim)
    let other = try kind.make().store
    try other.restore(snapshot, as: run("a"))
    #expect(try other.claim(by: "e", lease: 30, except: [:]).claim == claim)
    #expect(claim.submission?.count == 16)
  }
}
