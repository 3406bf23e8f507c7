import Testing

@testable import Statistics

/// Against values by hand and by NumPy and SciPy.
@Suite struct StatisticsTests {
  @Test func `the interquartile mean leaves a quarter out at either end`() {
    #expect(Sample.interquartileMean([100, 1, 3, -50, 2, 4, 5, 9]) == 3.5)
    // scipy.stats.trim_mean(…, 0.25): ⌊5/4⌋ = 1 value goes at either end, of three none.
    #expect(Sample.interquartileMean([9, 1, 2, 3, 4]) == 3)
    #expect(Sample.interquartileMean([1, 2, 9]) == 4)
    #expect(Sample.interquartileMean([]) == nil)
  }

  @Test func `the deviation is over n − 1, and nothing where all values are equal`() {
    #expect(Sample.deviation([1, 2, 3, 4, 5]).map { abs($0 - 2.5.squareRoot()) < 1e-15 } == true)
    // The plain sum of squares about the rounded mean is 3e-14 here.
    #expect(Sample.deviation(Array(repeating: -253.35864149372594, count: 5)) == 0)
    #expect(Sample.deviation([7]) == nil)
  }

  @Test func `quantiles are linear between order statistics, as NumPy's`() {
    let values = [1.0, 2, 4, 8]
    #expect(Sample.quantile(0, ofSorted: values) == 1)
    #expect(Sample.quantile(1, ofSorted: values) == 8)
    // numpy.quantile([1, 2, 4, 8], 0.4) and 0.9
    #expect(Sample.quantile(0.4, ofSorted: values).map { abs($0 - 2.4) < 1e-12 } == true)
    #expect(Sample.quantile(0.9, ofSorted: values).map { abs($0 - 6.8) < 1e-12 } == true)
    #expect(Sample.quantile(0.5, ofSorted: []) == nil)
  }

  @Test func `the probability of improvement counts pairs, ties half`() {
    #expect(ProbabilityOfImprovement.of([1, 2, 3], over: [2, 2]) == 0.5)
    #expect(ProbabilityOfImprovement.of([3, 4], over: [1, 2]) == 1)
    #expect(ProbabilityOfImprovement.of([0, 5], over: [1, 2, 5]) == 2.5 / 6)
    #expect(ProbabilityOfImprovement.of([], over: [1]) == nil)
    let tasks: [(x: [Double], y: [Double])] = [([3, 4], [1, 2]), ([1], [2]), ([], [7])]
    #expect(ProbabilityOfImprovement.over(tasks, StratifiedBootstrap())?.value == 0.5)
  }

  @Test func `an interval is a function of runs and seed`() throws {
    let runs = [[10.125, 12.5, 9.01, 15.3, 11, 8.7, 13.9, 12.61]]
    let one = StratifiedBootstrap().interquartileMean(of: runs)
    #expect(one == StratifiedBootstrap().interquartileMean(of: runs))
    #expect(one != StratifiedBootstrap(seed: 1).interquartileMean(of: runs))
    #expect(one?.value.rounded() == 12)
  }

  /// The bootstrap distribution of a mean of two runs 0 and 1 is 0, ½, 1 with ¼, ½, ¼, so that its 95 %
  /// interval is all of it, and its 40 % interval the middle alone.
  @Test func `intervals have the quantiles of all resamples`() {
    let runs = [0.0, 1]
    #expect(StratifiedBootstrap().mean(of: runs)?.interval == Interval(lower: 0, upper: 1))
    #expect(
      StratifiedBootstrap(confidence: 0.4).mean(of: runs)?.interval
        == Interval(lower: 0.5, upper: 0.5))
  }

  /// By `numpy.quantile` over the 5⁵ resamples of this sample, all of them equally likely:
  /// 18 and 59 for the mean.
  @Test func `a mean's interval agrees with all resamples there are`() throws {
    let runs = [10.0, 20, 30, 50, 75]
    let interval = try #require(
      StratifiedBootstrap(resamples: 20_000).mean(of: runs)?.interval)
    let exact = Self.everyResample(of: runs).sorted()
    let lower = try #require(Sample.quantile(0.025, ofSorted: exact))
    let upper = try #require(Sample.quantile(0.975, ofSorted: exact))
    #expect(lower == 18 && upper == 59)
    #expect(abs(interval.lower - lower) <= 2 && abs(interval.upper - upper) <= 2)
  }

  @Test func `every task keeps its number of runs`() {
    var sizes: Set<[Int]> = []
    var mixed = false
    _ = StratifiedBootstrap(resamples: 50).interval(of: [[1, 2, 3], [], [10, 20]]) { tasks in
      sizes.insert(tasks.map(\.count))
      mixed = mixed || !tasks[0].allSatisfy { $0 < 10 } || !tasks[1].allSatisfy { $0 >= 10 }
      return 0
    }
    #expect(sizes == [[3, 2]] && !mixed)
  }

  @Test func `of single runs there is no interval`() {
    #expect(StratifiedBootstrap().interquartileMean(of: [[7], [9]]) == Estimate(value: 8))
    #expect(StratifiedBootstrap().interquartileMean(of: [[]]) == nil)
  }

  private static func everyResample(of runs: [Double]) -> [Double] {
    runs.reduce([0.0]) { sums, _ in sums.flatMap { sum in runs.map { sum + $0 } } }
      .map { $0 / Double(runs.count) }
  }
}
