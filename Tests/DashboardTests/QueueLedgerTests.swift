@testable import Dashboard
import RunPlan
import RunQueue
import Testing

@Suite struct QueueLedgerTests {
  private var ledger = QueueLedger(queue: "q", server: "redis://r")

  private mutating func see(_ look: QueueLook, at seconds: Double) {
    ledger.fold(look, at: Looks.moment(seconds))
  }

  @Test mutating func `history comes in portions and is asked for from where it ended`() throws {
    let lines = (0..<5).map { Looks.line($0) }
    see(QueueLook(overview: Looks.overview(), runs: [Looks.run(lineCount: 5)]), at: 0)
    #expect(ledger.isBehind && ledger.known().map(\.lines) == [0])
    var next = Looks.run(lines: Array(lines[0..<3]), lineCount: 5)
    see(QueueLook(overview: Looks.overview(), runs: [next]), at: 1)
    #expect(ledger.known().map(\.lines) == [3] && ledger.runs["a"]?.isComplete == false)
    next.lines = Array(lines[3...])
    see(QueueLook(overview: Looks.overview(), runs: [next]), at: 2)
    let run = try #require(ledger.runs["a"])
    #expect(run.isComplete && run.curve.samples.map(\.last) == [0, 1, 2, 3, 4])
    #expect(RunView("a", in: ledger)?.run.failed == 0)
  }

  @Test mutating func `the runs that somebody looks at are read first, those that are over last`() {
    let runs = [
      Looks.run("a", phase: .finished), Looks.run("b"), Looks.run("c", phase: .finished),
    ]
    see(QueueLook(overview: Looks.overview(), runs: runs), at: 0)
    #expect(ledger.known().map(\.name) == ["b", "a", "c"])
    #expect(ledger.known(wanted: ["c"]).map(\.name) == ["c", "b", "a"])
  }

  @Test mutating func `another run of the same name begins anew`() {
    let lines = [Looks.line(0, failed: 2)]
    see(QueueLook(overview: Looks.overview(), runs: [Looks.run(lines: lines)]), at: 0)
    #expect(ledger.runs["a"]?.failures.values.reduce(0, +) == 2)
    see(QueueLook(overview: Looks.overview(), runs: [Looks.run(submission: "t")]), at: 1)
    #expect(ledger.runs["a"]?.failures == [:] && ledger.runs["a"]?.curve.samples == [])
    see(QueueLook(overview: Looks.overview()), at: 2)
    #expect(ledger.runs.isEmpty)
  }

  @Test mutating func `failures count under the kind of the last known reason`() {
    let reasons: [(String, FailureReason)] = [
      ("lost 5 times, last by e", .lost), ("the reward is not finite", .notFinite),
      ("the result with index 3 is malformed", .malformed), ("no such model", .environment),
    ]
    for (number, (text, _)) in reasons.enumerated() {
      let lines = [Looks.line(number, failed: number + 1)]
      let run = Looks.run(
        iteration: number, lines: lines, lineCount: number + 1, lastFailure: text)
      see(QueueLook(overview: Looks.overview(), runs: [run]), at: Double(number))
    }
    let counted = ledger.runs["a"]?.failures
    #expect(counted == [.lost: 1, .notFinite: 2, .malformed: 3, .environment: 4])
  }

  @Test mutating func `retries of an iteration are counted once, those of the next on top`() {
    for (iteration, retries) in [(0, 1), (0, 3), (0, 0), (0, 3), (1, 2), (1, 2)] {
      let run = Looks.run(iteration: iteration, retries: retries)
      see(QueueLook(overview: Looks.overview(), runs: [run]), at: Double(iteration))
    }
    #expect(ledger.runs["a"]?.retries == 5)
  }

  @Test mutating func `a damaged run says what is wrong and hides no other`() throws {
    var damaged = Looks.run("a")
    damaged.contents?.record.damage = .damaged(key: "k", reason: "it holds a string")
    let runs = [damaged, Looks.run("b", config: ["environment": "x"]), Looks.run("c")]
    see(QueueLook(overview: Looks.overview(), runs: runs), at: 0)
    let rows = RunsView(ledger).runs
    #expect(rows.map(\.phase) == ["damaged", "damaged", "running"])
    #expect(rows[0].problem == "k, it holds a string")
    #expect(rows[1].problem?.contains("field '") == true)
    #expect(RunView("a", in: ledger)?.settings == [:])
  }

  @Test mutating func `a line that is no history is counted as damage`() {
    let lines = [Looks.line(0), "{", Looks.line(2)]
    see(QueueLook(overview: Looks.overview(), runs: [Looks.run(lines: lines)]), at: 0)
    #expect(ledger.runs["a"]?.curve.samples.map(\.last) == [0, 2])
    #expect(RunsView(ledger).runs[0].problem?.contains("1 line") == true)
  }

  @Test mutating func `the age of the oldest task is that of the same head`() {
    func look(_ task: String?) -> QueueLook {
      QueueLook(overview: Looks.overview(pending: task == nil ? 0 : 1), firstTask: task)
    }
    see(look("a 0 0"), at: 10)
    see(look("a 0 0"), at: 25)
    #expect(ledger.oldestTaskSeconds == 15)
    see(look("a 0 1"), at: 26)
    #expect(ledger.oldestTaskSeconds == 0)
    see(look(nil), at: 27)
    #expect(ledger.oldestTaskSeconds == nil)
  }

  @Test mutating func `what is missing is an alarm at the second look, a second later`() {
    let look = QueueLook(overview: Looks.overview(pending: 3), runs: [Looks.run()])
    see(look, at: 0)
    see(look, at: 0.5)
    #expect(ledger.alarms == [])
    see(look, at: 2)
    #expect(ledger.alarms == [.noEvaluator])
    #expect(QueueView(ledger, at: Looks.moment(2)).warnings[0].contains("no evaluator"))
    see(QueueLook(overview: Looks.overview(alive: ["e"]), runs: [Looks.run()]), at: 4)
    #expect(ledger.alarms == [])
  }

  @Test mutating func `a run that goes on is starved where nobody alive can run it`() {
    let refusal = #"{"cannotRun":{"a":"no model"}}"#
    for (overview, starved) in [
      (Looks.overview(), true), (Looks.overview(silent: ["e"]), true),
      (Looks.overview(alive: ["e"], status: refusal), true), (Looks.overview(alive: ["e"]), false),
    ] {
      see(QueueLook(overview: overview, runs: [Looks.run()]), at: 0)
      #expect(RunsView(ledger).runs[0].starved == starved)
    }
    see(QueueLook(overview: Looks.overview(), runs: [Looks.run(phase: .paused)]), at: 1)
    #expect(!RunsView(ledger).runs[0].starved)
  }

  @Test
  mutating func `an evaluator's rate is that between its heartbeats; who is silent is not listed`()
  {
    for (seconds, finished) in [(0.0, 10), (5, 20), (10, 40)] {
      let status =
        #"{"slots":2,"finished":\#(finished),"failed":1,"environmentSteps":\#(finished * 7)}"#
      let overview = Looks.overview(alive: ["e"], silent: ["s"], status: status)
      see(QueueLook(overview: overview, busy: ["e": 2]), at: seconds)
    }
    let view = QueueView(ledger, at: Looks.moment(10))
    #expect(view.evaluators.map(\.name) == ["e"])
    #expect(ledger.paces["e"]?.evaluationsPerSecond == 3)
    #expect(ledger.paces["e"]?.stepsPerSecond == 21)
  }

  @Test mutating func `an outage keeps what was seen and says since when`() {
    see(QueueLook(overview: Looks.overview(pending: 7)), at: 0)
    ledger.fail("gone", at: Looks.moment(5))
    ledger.fail("still gone", at: Looks.moment(8))
    let view = QueueView(ledger, at: Looks.moment(10))
    #expect(view.state == .down && view.problem == "still gone" && view.downSeconds == 5)
    #expect(ledger.look?.overview.pending == 7)
    see(QueueLook(overview: Looks.overview()), at: 11)
    #expect(QueueView(ledger, at: Looks.moment(11)).state == .up)
  }
}
