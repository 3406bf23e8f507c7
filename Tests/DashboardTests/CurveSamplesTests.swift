import Dashboard
import RunPlan
import Testing

@Suite struct CurveSamplesTests {
  private static func entry(_ iteration: Int) -> HistoryEntry {
    var entry = HistoryEntry(iteration: iteration, parameterNorm: 1, environmentSteps: iteration)
    (entry.mean, entry.std, entry.max) = (Double(iteration), 1, Double(iteration) + 5)
    entry.failed = iteration % 7 == 0 ? 1 : 0
    entry.searchStep = iteration % 10 == 0
    return entry
  }

  private static func curve(_ count: Int) -> CurveSamples {
    var curve = CurveSamples()
    for iteration in 0..<count { curve.append(entry(iteration)) }
    return curve
  }

  @Test func `few iterations stand each by themselves`() {
    let curve = Self.curve(CurveSamples.capacity)
    #expect(curve.width == 1 && curve.samples.count == CurveSamples.capacity)
    #expect(curve.samples[3].mean.value == 3 && curve.samples[3].low == 2)
  }

  @Test(arguments: [601, 1200, 1201, 10_000, 100_000])
  func `any number of iterations fits, and nothing is lost`(count: Int) {
    let curve = Self.curve(count)
    #expect((CurveSamples.capacity / 2...CurveSamples.capacity).contains(curve.samples.count))
    #expect(curve.samples.first?.first == 0 && curve.samples.last?.last == count - 1)
    #expect(curve.samples.reduce(0) { $0 + $1.failed } == (count + 6) / 7)
    #expect(curve.samples.reduce(0) { $0 + $1.searchSteps } == (count + 9) / 10)
    #expect(curve.samples.last?.best == Double(count) + 4)
    let bounds = zip(curve.samples, curve.samples.dropFirst())
    #expect(bounds.allSatisfy { $0.last + 1 == $1.first })
  }

  @Test func `averages are of all iterations of a sample`() {
    let sample = Self.curve(2000).samples[1]
    #expect(sample.mean.value == Double(sample.first + sample.last) / 2)
    #expect(sample.low == Double(sample.first) - 1 && sample.high == Double(sample.last) + 1)
  }

  @Test func `an iteration that comes twice counts once`() {
    var curve = Self.curve(5)
    curve.append(Self.entry(4))
    curve.append(Self.entry(2))
    #expect(curve == Self.curve(5))
  }
}
