import Dashboard
import RunPlan
import RunQueue
import Testing

/// How far a run is, whatever ended it. Its iterations are seven evaluations and a proposal each.
@Suite struct RunStandingTests {
  private var ledger = QueueLedger(queue: "q", server: "redis://r")
  private static let fields = Looks.configuration?.fields ?? [:]
  private static let goal = fields.merging(["stop-at-return": "7.5"]) { $1 }

  /// The run's row after looks a second apart.
  private mutating func row(_ looks: RunLook...) throws -> RunsView.Row {
    for (second, run) in looks.enumerated() {
      let look = QueueLook(overview: Looks.overview(alive: ["e"]), runs: [run])
      ledger.fold(look, at: Looks.moment(Double(second)))
    }
    return try #require(RunsView(ledger).runs.first)
  }

  private static func history(_ count: Int, stoppedAt mean: Double? = nil) -> [String] {
    (0..<count).map { Looks.line($0, stoppedAt: $0 == count - 1 ? mean : nil) }
  }

  @Test mutating func `a run that was stopped has done the iterations of its history`() throws {
    let lines = Self.history(4, stoppedAt: 8)
    let looks = [(3, 0), (10, 4), (10, 0)].map { iteration, expected in
      Looks.run(iteration: iteration, expected: expected, lines: lines, config: Self.goal)
    }
    for look in looks {
      let row = try row(look)
      #expect(row.iteration == 4 && row.iterations == 10 && row.iterationsLeft == 0)
      #expect(row.stopped?.mean == 8 && row.stopped?.goal == 7.5)
    }
    #expect(
      ledger.exposition.contains(
        #"chromatic_run_iteration{environment="Pendulum-v1",queue="q",run="a"} 4"# + "\n"))
  }

  @Test mutating func `the comparison that follows a stop is no pace of iterations`() throws {
    let runs = (0...3).map { Looks.run(iteration: $0, lines: Self.history($0), config: Self.goal) }
    #expect(try row(runs[0], runs[1], runs[2], runs[3]).secondsPerIteration == 1)
    let comparing = Looks.run(
      iteration: 10, lines: Self.history(4, stoppedAt: 8), config: Self.goal)
    #expect(try row(comparing).secondsPerIteration == nil)
  }

  @Test mutating func `given more iterations it is stopped no longer`() throws {
    let row = try row(Looks.run(iteration: 3, expected: 0, lines: Self.history(4, stoppedAt: 8)))
    #expect(row.stopped == nil && row.iteration == 4 && row.iterationsLeft == 6)
  }

  @Test(arguments: [RunPhase.cancelled, .failed])
  mutating func `the iteration in which a run was ended counts for nothing`(phase: RunPhase) throws
  {
    let running = Looks.run(iteration: 4, lines: Self.history(4))
    let ended = Looks.run(phase: phase, iteration: 4, expected: 0, lines: Self.history(4))
    #expect(try row(running).iteration == 4)
    let evaluations = ledger.runs["a"]?.evaluations
    #expect(try row(ended).iteration == 4 && ledger.runs["a"]?.evaluations == evaluations)
    let compared = Looks.run(phase: phase, iteration: 10, expected: 0, lines: Self.history(10))
    #expect(try row(compared).iteration == 10)
    let trained = try #require(evaluations) / 4 * 10
    #expect(ledger.runs["a"]?.evaluations == trained)
  }
}
