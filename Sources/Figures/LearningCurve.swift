import ChromaticPolicy
import ReadableNumbers

/// How a run's returns grew, with its search steps marked as in the paper's Fig. 5.
public struct LearningCurve: Sendable, Hashable {
  /// What one iteration reached; nil, NaN and infinite returns leave a gap.
  public struct Point: Sendable, Hashable {
    /// The iteration.
    public var iteration: Int
    /// Mean return of the perturbed policies.
    public var meanReturn: Double?
    /// Greatest return of the perturbed policies.
    public var maxReturn: Double?
    /// Return of the partition the controller proposes, weights unperturbed.
    public var proposalReturn: Double?

    /// A point with the given parts.
    public init(
      iteration: Int, meanReturn: Double?, maxReturn: Double? = nil, proposalReturn: Double? = nil
    ) {
      self.iteration = iteration
      self.meanReturn = meanReturn
      self.maxReturn = maxReturn
      self.proposalReturn = proposalReturn
    }
  }

  /// The heading.
  public var title: String
  /// What was trained and how.
  public var subtitle: String
  /// One per iteration, ascending.
  public var points: [Point]
  /// Iterations at which the controller took a step.
  public var searchSteps: [Int]

  /// More marks than this are drawn as ticks on the axis.
  static let mostLines = 40

  /// A curve under the given heading.
  public init(title: String, subtitle: String, points: [Point], searchSteps: [Int] = []) {
    self.title = title
    self.subtitle = subtitle
    self.points = points
    self.searchSteps = searchSteps
  }

  /// A curve headed by what was trained.
  public init(
    environment: String, architecture: Architecture, classes: Int, controller: String,
    seed: UInt64, points: [Point], searchSteps: [Int] = []
  ) {
    let parts = [
      "\(architecture.sizes) (\(architecture.name))", classes.counted("class", "classes"),
      "\(controller) controller", "seed \(seed)",
    ]
    self.init(
      title: "Learning curve, \(environment)", subtitle: parts.joined(separator: " · "),
      points: points, searchSteps: searchSteps)
  }

  /// The curve as a self-contained SVG document, 960 × 540 pixels.
  public func svg() -> String { chart.svg() }

  /// The curve as a chart, to which lines of other runs can be added.
  public var chart: LineChart {
    LineChart(
      title: title, subtitle: subtitle, summary: summary, stepName: "iteration",
      valueName: "return of an episode",
      series: [
        series("mean of the perturbed policies", \.meanReturn, isEmphasised: true),
        series("best of the iteration", \.maxReturn),
        series("controller's proposal", \.proposalReturn),
      ], marks: marks)
  }

  private func series(
    _ name: String, _ value: KeyPath<Point, Double?>, isEmphasised: Bool = false
  ) -> LineChart.Series {
    LineChart.Series(
      name: name,
      points: points.map { LineChart.Point(step: $0.iteration, value: $0[keyPath: value]) },
      isEmphasised: isEmphasised)
  }

  private var marks: LineChart.Marks? {
    guard !searchSteps.isEmpty else { return nil }
    let name = searchesEveryIteration ? "search step every iteration" : "search step"
    let isCrowded = searchesEveryIteration || Set(searchSteps).count > Self.mostLines
    return LineChart.Marks(name: name, steps: searchSteps, form: isCrowded ? .ticks : .lines)
  }

  /// Whether no iteration but perhaps the first or the last went without a search step.
  private var searchesEveryIteration: Bool {
    let steps = Set(searchSteps)
    let inner = points.dropFirst().dropLast().map(\.iteration)
    return !inner.isEmpty && steps.count > 2 && steps.isSuperset(of: inner)
  }

  private var summary: String {
    let known = points.compactMap { point in
      point.meanReturn.flatMap { $0.isFinite ? (point.iteration, $0) : nil }
    }
    guard let first = known.first, let last = known.last else {
      return "\(subtitle). No mean return is known yet."
    }
    let best = points.compactMap(\.maxReturn).filter(\.isFinite).max()
    let marked = Set(searchSteps).count.counted("search step", "search steps")
    return "\(subtitle). Mean return \(first.1.returnText()) at iteration \(first.0.grouped)"
      + " and \(last.1.returnText()) at iteration \(last.0.grouped)"
      + (best.map { "; highest return \($0.returnText())" } ?? "") + "; \(marked)."
  }
}
