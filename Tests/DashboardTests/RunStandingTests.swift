import Dashboard
import RunPlan
import RunQueue
import Testing

/// How far a run is, whatever ended it.
@Suite struct RunStandingTests {
  private var ledger = QueueLedger(queue: "q", server: "redis://r")
  private var second = 0.0
  private static let fields = Looks.configuration?.fields ?? [:]
  private static let goal = fields.merging(["stop-at-return": "7.5"]) { $1 }
  private static let stop = Looks.line(3, stoppedAt: 8)

  /// The run's row after one more look, a second later.
  private mutating func row(_ run: RunLook) throws -> RunsView.Row {
    second += 1
    let look = QueueLook(overview: Looks.overview(alive: ["e"]), runs: [run])
    ledger.fold(look, at: Looks.moment(second))
    return try #require(RunsView(ledger).runs.first)
  }

  private var evaluations: Int? { ledger.runs["a"]?.evaluations }

  @Test(arguments: [(3, 0), (10, 4), (10, 0)])
  mutating func `a run that was stopped has done the iterations of its history`(
    iteration: Int, expected: Int
  ) throws {
    let row = try row(
      Looks.run(iteration: iteration, expected: expected, lastLine: Self.stop, config: Self.goal))
    #expect(row.iteration == 4 && row.iterations == 10 && row.iterationsLeft == 0)
    #expect(row.stopped?.mean == 8 && row.stopped?.goal == 7.5)
    #expect(
      ledger.exposition.contains(
        #"chromatic_run_iteration{environment="Pendulum-v1",queue="q",run="a"} 4"# + "\n"))
  }

  @Test mutating func `the comparison that follows a stop is no pace of iterations`() throws {
    for iteration in 0..<3 {
      _ = try row(Looks.run(iteration: iteration, config: Self.goal))
    }
    let last = try row(Looks.run(iteration: 3, lastLine: Looks.line(2), config: Self.goal))
    #expect(last.secondsPerIteration == 1 && last.iterationsLeft == 7)
    let comparing = try row(
      Looks.run(iteration: 10, lastLine: Self.stop, config: Self.goal))
    #expect(comparing.secondsPerIteration == nil)
  }

  @Test mutating func `given more iterations it is stopped no longer`() throws {
    let row = try row(Looks.run(iteration: 3, expected: 0, lastLine: Self.stop))
    #expect(row.stopped == nil && row.iteration == 4 && row.iterationsLeft == 6)
  }

  @Test(arguments: [RunPhase.cancelled, .failed])
  mutating func `the iteration in which a run was ended counts for nothing`(phase: RunPhase) throws
  {
    for iteration in [4, 10] {
      let line = Looks.line(iteration - 1)
      #expect(try row(Looks.run(iteration: iteration, lastLine: line)).iteration == iteration)
      let running = try #require(evaluations)
      let ended = Looks.run(phase: phase, iteration: iteration, expected: 0, lastLine: line)
      #expect(try row(ended).iteration == iteration && evaluations == running)
    }
    let finished = Looks.run(
      phase: .finished, iteration: 10, expected: 0, lastLine: Looks.line(9))
    let running = try #require(evaluations)
    _ = try row(finished)
    #expect(try #require(evaluations) > running)
  }
}
