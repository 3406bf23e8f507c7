import ReadableNumbers

/// Samples in rows over one axis: every value a dot, its average a mark, and the interval around that.
public struct IntervalFigure: Sendable {
  /// One sample.
  public struct Row: Sendable {
    /// Its name.
    public var name: String
    /// Its values.
    public var points: [Double]
    /// Its average, nil if unknown.
    public var estimate: Double?
    /// Where that lies, nil if unknown.
    public var interval: (lower: Double, upper: Double)?

    /// A row with the given parts.
    public init(
      name: String, points: [Double], estimate: Double?, interval: (lower: Double, upper: Double)?
    ) {
      self.name = name
      self.points = points
      self.estimate = estimate
      self.interval = interval
    }
  }

  /// The heading.
  public var title: String
  /// One line below the heading.
  public var subtitle: String
  /// What the axis measures.
  public var valueName: String
  /// The samples from top to bottom.
  public var rows: [Row]

  /// A figure with the given parts.
  public init(title: String, subtitle: String, valueName: String, rows: [Row]) {
    self.title = title
    self.subtitle = subtitle
    self.valueName = valueName
    self.rows = rows
  }

  private static let rowHeight = 40.0
  private static let top = 92.0
  private static let right = 926.0

  /// The figure as a self-contained SVG document, 960 pixels wide.
  public func svg() -> String {
    let bottom = Self.top + Self.rowHeight * Double(rows.count)
    let known = rows.flatMap { row in
      row.points + [row.estimate, row.interval?.lower, row.interval?.upper].compactMap(\.self)
    }.filter { $0.magnitude < 1e100 }
    let axis = Axis(covering: known, ticks: 6)
    let left = 48 + 7.5 * Double(rows.map(\.name.count).max() ?? 0)
    let x = { (value: Double) in left + (Self.right - left) * axis.fraction(of: value) }
    var document = SVGDocument(
      width: 960, height: bottom + 64, title: title, description: summary)
    document.add(text: title, x: 32, y: 42, #"font-size="22" font-weight="600""#)
    document.add(text: subtitle, x: 32, y: 66, #"font-size="14" fill="\#(Ink.quiet)""#)
    for tick in axis.ticks {
      document.add(
        #"<path d="M\#(x(tick).coordinate) \#(Self.top.coordinate)V\#(bottom.coordinate)""#
          + #" stroke="\#(Ink.grid)"/>"#)
      document.add(
        text: axis.label(tick), x: x(tick), y: bottom + 20,
        #"class="value" text-anchor="middle" fill="\#(Ink.quiet)""#)
    }
    document.add(
      text: valueName, x: (left + Self.right) / 2, y: bottom + 46, #"text-anchor="middle""#)
    for (number, row) in rows.enumerated() {
      let y = Self.top + Self.rowHeight * (Double(number) + 0.5)
      document.add(text: row.name, x: left - 14, y: y + 4.5, #"text-anchor="end""#)
      draw(row, number, y, x, on: &document)
    }
    return document.text
  }

  private func draw(
    _ row: Row, _ number: Int, _ y: Double, _ x: (Double) -> Double, on document: inout SVGDocument
  ) {
    let colour = LineChartDrawing.colours[number % LineChartDrawing.colours.count]
    if let interval = row.interval, interval.lower.magnitude < 1e100,
      interval.upper.magnitude < 1e100
    {
      let width = max(1, x(interval.upper) - x(interval.lower))
      document.add(
        #"<rect class="interval" x="\#(x(interval.lower).coordinate)" y="\#((y - 9).coordinate)""#
          + #" width="\#(width.coordinate)" height="18" fill="\#(colour)" fill-opacity="0.25"/>"#)
    }
    for point in row.points where point.magnitude < 1e100 {
      document.add(
        #"<circle class="point" cx="\#(x(point).coordinate)" cy="\#(y.coordinate)" r="4""#
          + #" fill="none" stroke="\#(colour)" stroke-width="1.5"/>"#)
    }
    if let estimate = row.estimate, estimate.magnitude < 1e100 {
      document.add(
        #"<path class="estimate" d="M\#(x(estimate).coordinate) \#((y - 13).coordinate)v26""#
          + #" stroke="\#(colour)" stroke-width="3"/>"#)
    }
  }

  private var summary: String {
    let parts = rows.compactMap { row in
      row.estimate.map { "\(row.name) \($0.returnText()) of \(row.points.count)" }
    }
    return ([valueName] + parts).joined(separator: "; ")
  }
}
