import Dashboard
import ReadableNumbers
import TerminalProgress

/// A queue at work in a block of lines: who does how much, how far the runs are, what is wrong.
struct TopScreen {
  let status: StatusView

  /// The block, each line at most `width` columns wide.
  ///
  /// - Parameter rows: how many lines there is room for; evaluators and runs share what the rest leaves.
  func lines(width: Int, rows: Int = .max, colour: Bool) -> [String] {
    let head = [heading, lists] + course(width: width) + [services] + warnings + [StyledLine()]
    let room = rows == .max ? rows : max(6, rows - head.count - 1)
    let runs = cut(runs, to: max(room / 2, room - evaluators.count))
    let evaluators = cut(evaluators, to: room - runs.count)
    return (head + evaluators + [StyledLine()] + runs)
      .map { $0.text(width: width, colour: colour) }
  }

  /// A table's first lines, the last of them telling how many more there are.
  private func cut(_ table: [StyledLine], to rows: Int) -> [StyledLine] {
    guard table.count > rows else { return table }
    var line = StyledLine()
    line.add("… and \(Quantity.count(table.count - rows + 1)) more", .quiet)
    return table.prefix(max(0, rows - 1)) + [line]
  }

  private var queue: QueueView { status.queue }

  private var heading: StyledLine {
    var line = StyledLine()
    line.add("queue \(queue.queue)", .strong)
    line.add(" on \(queue.server)", .quiet)
    if queue.state == .down {
      let seconds = Quantity.duration(queue.downSeconds ?? 0)
      line.add("  down for \(seconds): \(queue.problem ?? "no answer")", .alarm)
    }
    return line
  }

  private var lists: StyledLine {
    var line = StyledLine()
    guard let counts = queue.counts else {
      line.add("not looked at yet", .quiet)
      return line
    }
    line.add("\(Quantity.count(counts.pending)) pending", .strong)
    if let age = counts.oldestTaskSeconds, age >= 1 {
      line.add(", the oldest for \(Quantity.duration(age))")
    }
    line.add(
      " · \(Quantity.count(counts.leased)) in flight · iterations: \(counts.results) to reduce, "
        + "\(counts.updates) to follow up")
    if counts.dead > 0 { line.add(" · \(Quantity.count(counts.dead)) given up", .alarm) }
    return line
  }

  /// How many tasks waited, a column for ten seconds.
  private func course(width: Int) -> [StyledLine] {
    let depth = queue.depth.pending.suffix(max(1, min(width, 78)))
    guard depth.count > 1, depth.contains(where: { $0 > 0 }) else { return [] }
    var line = StyledLine()
    line.add(Sparkline(depth.map { Double($0) }, marked: [], width: depth.count).blocks, .good)
    return [line]
  }

  private var services: StyledLine {
    var line = StyledLine()
    for role in ["controller", "aggregator"] {
      if let leader = queue.leaders[role] {
        line.add("\(role) \(leader.name)   ", .quiet)
      } else {
        line.add("no \(role)   ", .alarm)
      }
    }
    if let memory = queue.redis?.memoryUsed {
      let limit = queue.redis?.memoryLimit ?? 0
      line.add("Redis \(megabytes(memory))" + (limit > 0 ? " of \(megabytes(limit))" : ""), .quiet)
    }
    return line
  }

  private var evaluators: [StyledLine] {
    var rows = [
      ["evaluator", "slots", "busy", "evaluations/s", "steps/s", "done", "failed", "seen"]
    ]
    for evaluator in queue.evaluators {
      rows.append([
        evaluator.name + (evaluator.drained ? " (drained)" : ""),
        evaluator.slots.map(Quantity.count) ?? "–", Quantity.count(evaluator.busy),
        evaluator.evaluationsPerSecond.map { Quantity.rate($0) } ?? "–",
        evaluator.stepsPerSecond.map { Quantity.rate($0) } ?? "–",
        evaluator.evaluations.map(Quantity.count) ?? "–",
        evaluator.failed.map(Quantity.count) ?? "–", Quantity.duration(evaluator.seenSeconds),
      ])
    }
    rows += queue.silent.map {
      ["\($0.name) (silent)"] + Array(repeating: "–", count: 6) + [
        Quantity.duration($0.seenSeconds)
      ]
    }
    return table(rows)
  }

  private var runs: [StyledLine] {
    var rows = [
      ["run", "phase", "iteration", "s/iteration", "left", "mean", "best", "environment", "ending"]
    ]
    for run in status.runs.sorted(by: isBefore) {
      let left = run.secondsPerIteration.map { seconds in
        Quantity.duration(seconds * Double(run.iterationsLeft ?? 0))
      }
      rows.append([
        run.name, run.phase,
        run.iterations.map { "\(run.iteration ?? 0)/\($0)" } ?? "–",
        run.secondsPerIteration.map { $0.returnText(.plain) } ?? "–", left ?? "–",
        Quantity.episodeReturn(run.mean), Quantity.episodeReturn(run.best),
        run.environment ?? "–", run.ending,
      ])
    }
    return table(rows, TextTable.linesWithText)
  }

  /// Those that go on first, then by name.
  private func isBefore(_ one: RunsView.Row, _ other: RunsView.Row) -> Bool {
    let (first, second) = (one.phase != "running", other.phase != "running")
    return first != second ? second : one.name < other.name
  }

  private var warnings: [StyledLine] {
    queue.warnings.map { warning in
      var line = StyledLine()
      line.add("! \(warning)", .alarm)
      return line
    }
  }

  /// The rows with aligned columns, the first of them quiet.
  private func table(
    _ rows: [[String]], _ aligned: ([[String]]) -> [String] = TextTable.lines
  ) -> [StyledLine] {
    aligned(rows).enumerated().map { number, text in
      var line = StyledLine()
      line.add(text, number == 0 ? .quiet : .plain)
      return line
    }
  }

  private func megabytes(_ bytes: Int) -> String {
    "\(Quantity.count((bytes + 999_999) / 1_000_000)) MB"
  }
}
