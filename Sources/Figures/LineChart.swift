/// Lines over whole-numbered steps, with marks at some of the steps.
public struct LineChart: Sendable, Hashable {
  /// One line of the chart.
  public struct Series: Sendable, Hashable {
    /// How its points are joined.
    public enum Form: Sendable, Hashable {
      /// Straight from point to point.
      case line
      /// Level until the next step, then upright to its value; lightly filled below.
      case stairs
    }

    /// Its name in the legend.
    public var name: String
    /// Its points by ascending step; nil, NaN and infinite values leave a gap.
    public var points: [Point]
    /// Whether it is drawn stronger than the others.
    public var isEmphasised: Bool
    /// How its points are joined.
    public var form: Form
    /// A range around it, by ascending step, shaded; empty for none.
    public var band: [Range]

    /// A line with the given parts.
    public init(
      name: String, points: [Point], isEmphasised: Bool = false, form: Form = .line,
      band: [Range] = []
    ) {
      self.name = name
      self.points = points
      self.isEmphasised = isEmphasised
      self.form = form
      self.band = band
    }
  }

  /// Where a line may lie at a step.
  public struct Range: Sendable, Hashable {
    /// The step.
    public var step: Int
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// A range with the given ends.
    public init(step: Int, lower: Double, upper: Double) {
      self.step = step
      self.lower = lower
      self.upper = upper
    }

    var isDrawn: Bool { lower.magnitude < 1e100 && upper.magnitude < 1e100 }
  }

  /// A value at a step.
  public struct Point: Sendable, Hashable {
    /// The step.
    public var step: Int
    /// The value, nil if unknown.
    public var value: Double?

    /// A point with the given coordinates.
    public init(step: Int, value: Double?) {
      self.step = step
      self.value = value
    }
  }

  /// Steps at which something happened.
  public struct Marks: Sendable, Hashable {
    /// How marks are drawn.
    public enum Form: Sendable, Hashable {
      /// Thin black lines over the chart's whole height.
      case lines
      /// Short ticks on the axis, for marks too many to be lines.
      case ticks
    }

    /// Their name in the legend.
    public var name: String
    /// The steps, in any order.
    public var steps: [Int]
    /// How they are drawn.
    public var form: Form

    /// Marks with the given parts.
    public init(name: String, steps: [Int], form: Form) {
      self.name = name
      self.steps = steps
      self.form = form
    }
  }

  /// The heading.
  public var title: String
  /// One line below the heading.
  public var subtitle: String
  /// What a screen reader says about the data.
  public var summary: String
  /// What the horizontal axis counts.
  public var stepName: String
  /// What the vertical axis measures.
  public var valueName: String
  /// The lines, the most important first.
  public var series: [Series]
  /// The marks, if any.
  public var marks: Marks?
  /// A value that the vertical axis covers whatever the data, nil for none.
  public var base: Double?

  /// A chart with the given parts.
  public init(
    title: String, subtitle: String, summary: String, stepName: String, valueName: String,
    series: [Series], marks: Marks? = nil, base: Double? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.summary = summary
    self.stepName = stepName
    self.valueName = valueName
    self.series = series
    self.marks = marks
    self.base = base
  }

  /// The chart as a self-contained SVG document, 960 × 540 pixels or as much taller as the legend needs.
  public func svg() -> String { LineChartDrawing(self).svg() }
}

extension LineChart.Series {
  /// The part of the band that an axis can show.
  var drawnBand: [LineChart.Range] { band.filter(\.isDrawn) }

  /// The unbroken stretches of the line.
  var stretches: [[(step: Int, value: Double)]] {
    var result: [[(step: Int, value: Double)]] = []
    var isContinued = false
    for point in points {
      // Beyond 10¹⁰⁰ an axis could overflow; a run that diverged so far has no curve.
      guard let value = point.value, value.magnitude < 1e100 else {
        isContinued = false
        continue
      }
      if !isContinued { result.append([]) }
      result[result.count - 1].append((point.step, value))
      isContinued = true
    }
    return result
  }
}
