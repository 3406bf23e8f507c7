import Testing

@testable import TerminalProgress

@Suite struct ProgressViewTests {
  static var halfway: TrainingProgress {
    var progress = TrainingProgress(
      runName: "cheetah-7", environment: "HalfCheetah-v5", iterations: 40)
    progress.iteration = 20
    progress.fractionOfIteration = 0.5
    progress.meanReturn = 1204.53
    progress.maxReturn = 2310.8
    progress.proposalReturn = -3.214
    progress.meanReturns = (0..<20).map { Double($0 * 60) }
    progress.searchSteps = [4, 9, 19]
    progress.environmentStepsPerSecond = 43_210
    progress.evaluatorsAlive = 2
    progress.pendingTasks = 1287
    progress.leasedTasks = 2
    progress.secondsElapsed = 64
    progress.secondsLeft = 130
    return progress
  }

  static let names = [
    "cheetah-7", "走る猎豹が学ぶ", "👩‍👩‍👧‍👦🐆🐆", "e\u{301}e\u{301}\nsecond line\u{1B}[2J\t",
    String(repeating: "long ", count: 60),
  ]

  private func lines(
    _ progress: TrainingProgress = halfway, width: Int = 100, colour: Bool = false
  ) -> [String] {
    ProgressView(progress).lines(width: width, colour: colour)
  }

  @Test(arguments: names, [0, 1, 2, 3, 7, 20, 39, 40, 79, 80, 81, 250])
  func `no line exceeds the width`(name: String, width: Int) {
    var progress = Self.halfway
    progress.runName = name
    progress.warning = name
    progress.meanReturns = (0..<width * 3).map { Double($0) }
    for colour in [false, true] {
      for line in lines(progress, width: width, colour: colour) {
        #expect(line.withoutSequences.displayWidth <= width)
        #expect(!line.contains("\n"))
      }
    }
  }

  @Test func `a run that was stopped is at its end`() {
    var progress = Self.halfway
    progress.isStopped = true
    let text = lines(progress).joined(separator: "\n")
    #expect(text.contains("stopped at iteration 20 of 40") && text.contains("100 %"))
    #expect(!text.contains("left\n") && !text.contains("2 min 10 s"))
    #expect(ProgressView(progress).plainLines[0].hasPrefix("stopped at iteration 20/40, mean"))
  }

  @Test func `the live view shows every figure`() {
    let text = lines().joined(separator: "\n")
    for part in [
      "HalfCheetah-v5", "run cheetah-7", "iteration 21 of 40", "51 %", "2 min 10 s left",
      "mean return 1,204.5", "max 2,310.8", "proposal −3.21", "43.2 k steps/s", "2 evaluators",
      "1,287 pending, 2 leased", "1 min 04 s elapsed", "search step, last at iteration 20",
    ] {
      #expect(text.contains(part), "\(part) is missing")
    }
  }

  @Test func `without colour there are no escape sequences`() {
    #expect(!lines().joined().contains("\u{1B}"))
    #expect(lines(colour: true).joined().contains("\u{1B}["))
  }

  @Test func `colour changes no character`() {
    #expect(lines(colour: true).map(\.withoutSequences) == lines())
  }

  @Test func `control characters of a warning do not reach the terminal`() {
    var progress = Self.halfway
    progress.warning = "a\u{1B}[2Jb\r\nc"
    #expect(lines(progress).last == "! a [2Jb c")
  }

  @Test func `search steps are marked below the sparkline`() {
    let shown = lines()
    #expect(shown[3] == "▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██")
    #expect(shown[4] == "    ▴    ▴         ▴")
  }

  @Test func `a search step every iteration is said instead of marked`() {
    var progress = Self.halfway
    progress.searchSteps = Array(1..<20)
    let text = lines(progress).joined(separator: "\n")
    #expect(text.contains("search step every iteration"))
    #expect(!text.contains("▴"))
  }

  @Test func `before the first iteration ends there is no sparkline and no return`() {
    let shown = lines(TrainingProgress(runName: "r", environment: "Pendulum-v1", iterations: 5))
    #expect(shown.count == 4)
    #expect(shown[1].hasPrefix("iteration 1 of 5"))
    #expect(shown[2] == "mean return –   max –")
  }

  @Test func `a finished run is at its last iteration and has no time left`() {
    var progress = Self.halfway
    progress.iteration = 40
    progress.fractionOfIteration = 0
    let text = lines(progress).joined(separator: "\n")
    #expect(text.contains("iteration 40 of 40"))
    #expect(text.contains("100 %"))
    #expect(!text.contains("left"))
  }

  @Test func `a plain line holds the figures`() {
    #expect(
      ProgressView(Self.halfway).plainLines == [
        "iteration 20/40, mean 1,204.5, max 2,310.8, proposal −3.21, 43.2 k steps/s,"
          + " 2 evaluators, 1,287 pending, 2 leased, 1 min 04 s elapsed, 2 min 10 s left,"
          + " search step"
      ])
  }

  @Test func `how many evaluations failed stands beside the returns, if any did`() {
    var progress = Self.halfway
    #expect(!lines(progress).joined().contains("failed"))
    progress.failedEvaluations = 11
    #expect(lines(progress).contains { $0.contains("max") && $0.contains("11 failed") })
    #expect(ProgressView(progress).plainLines[0].contains(", 11 failed, "))
  }

  @Test func `a warning is a plain line of its own`() {
    var progress = Self.halfway
    progress.warning = "no evaluator\nalive"
    #expect(ProgressView(progress).plainLines.last == "warning: no evaluator alive")
  }
}
