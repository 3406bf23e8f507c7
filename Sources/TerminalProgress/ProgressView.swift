/// A run's progress as text: a live view of several lines, or plain lines for a log.
public struct ProgressView: Sendable {
  private let progress: TrainingProgress

  /// A view of the given figures.
  public init(_ progress: TrainingProgress) { self.progress = progress }

  /// The live view, each line at most `width` columns wide.
  public func lines(width: Int, colour: Bool) -> [String] {
    var lines = [heading, bar(width: width), returns] + course(width: width) + [ring]
    if let warning = progress.warning {
      var line = StyledLine()
      line.add("! \(warning)", .alarm)
      lines.append(line)
    }
    return lines.map { $0.text(width: width, colour: colour) }
  }

  /// One line with the same figures and one with the warning, if any, for an output without a cursor.
  public var plainLines: [String] {
    var parts = [
      "\(progress.isStopped ? "stopped at " : "")iteration \(progress.iteration)/\(progress.iterations)",
      "mean \(Quantity.episodeReturn(progress.meanReturn))",
      "max \(Quantity.episodeReturn(progress.maxReturn))",
    ]
    if progress.proposalReturn != nil {
      parts.append("proposal \(Quantity.episodeReturn(progress.proposalReturn))")
    }
    if progress.failedEvaluations > 0 { parts.append(failures) }
    parts += [speed, evaluators, tasks, elapsed]
    if let left { parts.append(left) }
    if progress.lastSearchStep == progress.iteration - 1, !progress.searchesEveryIteration {
      parts.append("search step")
    }
    let warning = progress.warning.map { "warning: \($0.onOneLine)" }
    return [parts.joined(separator: ", ")] + (warning.map { [$0] } ?? [])
  }

  private var heading: StyledLine {
    var line = StyledLine()
    line.add(progress.environment, .strong)
    line.add("  run \(progress.runName)", .quiet)
    if progress.searchesEveryIteration {
      line.add("  search step every iteration", .quiet)
    } else if let last = progress.lastSearchStep {
      line.add("  ▴ search step, last at iteration \(Quantity.count(last + 1))", .quiet)
    }
    return line
  }

  private func bar(width: Int) -> StyledLine {
    let shown = progress.isFinished ? progress.iteration : progress.iteration + 1
    let head =
      "\(progress.isStopped ? "stopped at " : "")iteration \(Quantity.count(shown)) of "
      + "\(Quantity.count(progress.iterations))  "
    let percent = "  \(Quantity.percent(progress.fraction))"
    let tail = left.map { "  \($0)" } ?? ""
    let room = width - head.displayWidth - percent.displayWidth - tail.displayWidth
    let bar = ProgressBar.bar(progress.fraction, width: min(60, max(8, room)))
    var line = StyledLine()
    line.add(head)
    line.add(bar.filled, .done)
    line.add(bar.rest, .quiet)
    line.add(percent, .strong)
    line.add(tail)
    return line
  }

  private var returns: StyledLine {
    var line = StyledLine()
    line.add("mean return ", .quiet)
    line.add(Quantity.episodeReturn(progress.meanReturn), .strong)
    line.add("   max ", .quiet)
    line.add(Quantity.episodeReturn(progress.maxReturn), .strong)
    if progress.proposalReturn != nil {
      line.add("   proposal ", .quiet)
      line.add(Quantity.episodeReturn(progress.proposalReturn), .strong)
    }
    if progress.failedEvaluations > 0 { line.add("   \(failures)", .alarm) }
    return line
  }

  /// The sparkline of the mean returns, with a line of marks where search steps happened.
  private func course(width: Int) -> [StyledLine] {
    guard !progress.meanReturns.isEmpty else { return [] }
    let sparkline = Sparkline(
      progress.meanReturns, marked: progress.searchSteps, width: min(width, 78))
    var course = StyledLine()
    course.add(sparkline.blocks, .good)
    guard progress.lastSearchStep != nil, !progress.searchesEveryIteration else { return [course] }
    var marks = StyledLine()
    marks.add(sparkline.marks)
    return [course, marks]
  }

  private var ring: StyledLine {
    var line = StyledLine()
    line.add("\(speed) · ")
    line.add(evaluators, progress.evaluatorsAlive == 0 ? .alarm : .plain)
    line.add(" · \(tasks) · \(elapsed)")
    return line
  }

  private var failures: String { "\(Quantity.count(progress.failedEvaluations)) failed" }

  private var speed: String { "\(Quantity.rate(progress.environmentStepsPerSecond)) steps/s" }

  private var evaluators: String {
    let alive = progress.evaluatorsAlive
    return "\(Quantity.count(alive)) \(alive == 1 ? "evaluator" : "evaluators")"
  }

  private var tasks: String {
    "\(Quantity.count(progress.pendingTasks)) pending, \(Quantity.count(progress.leasedTasks)) leased"
  }

  private var elapsed: String { "\(Quantity.duration(progress.secondsElapsed)) elapsed" }

  private var left: String? {
    guard !progress.isFinished else { return nil }
    return progress.secondsLeft.map { "\(Quantity.duration($0)) left" }
  }
}
