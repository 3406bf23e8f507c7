/// The layout of a line chart and its drawing, part by part.
struct LineChartDrawing {
  private let chart: LineChart
  private let stretches: [[[(step: Int, value: Double)]]]
  private let steps: Axis
  private let values: Axis
  private let legend: LineChartLegend
  private let left: Double
  private let height: Double
  private let top: Double
  private let bottom: Double

  private let width = 960.0
  private let right = 926.0

  /// Okabe and Ito's colours, told apart by readers with any colour vision; yellow is left out.
  static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#595959",
  ]

  init(_ chart: LineChart) {
    self.chart = chart
    stretches = chart.series.map(\.stretches)
    let counted = chart.series.flatMap(\.points).map(\.step) + (chart.marks?.steps ?? [])
    steps = Axis(counting: counted, ticks: 10)
    let known =
      stretches.joined().joined().map(\.value) + [chart.base].compactMap(\.self)
      + chart.series.flatMap(\.drawnBand).flatMap { [$0.lower, $0.upper] }
    let values = Axis(covering: known, ticks: 6)
    let longest = values.ticks.map { values.label($0).count }.max() ?? 1
    self.values = values
    left = 56 + 7.5 * Double(longest)
    legend = LineChartLegend(chart, stretches: stretches, right: right)
    top = 124 + legend.growth
    bottom = 482 + legend.growth
    height = 540 + legend.growth
  }

  func svg() -> String {
    var document = SVGDocument(
      width: width, height: height, title: chart.title, description: chart.summary)
    drawHeading(on: &document)
    drawLegend(on: &document)
    drawAxes(on: &document)
    drawMarks(on: &document)
    for number in chart.series.indices.reversed() { drawBand(number, on: &document) }
    for number in chart.series.indices.reversed() { drawSeries(number, on: &document) }
    if stretches.allSatisfy(\.isEmpty) {
      document.add(
        text: "no data yet", x: (left + right) / 2, y: (top + bottom) / 2,
        #"text-anchor="middle" font-size="16" fill="\#(Ink.quiet)""#)
    }
    return document.text
  }

  private func x(_ step: Int) -> Double {
    left + (right - left) * steps.fraction(of: Double(step))
  }

  private func y(_ value: Double) -> Double {
    bottom - (bottom - top) * values.fraction(of: value)
  }

  private func drawHeading(on document: inout SVGDocument) {
    document.add(text: chart.title, x: 32, y: 42, #"font-size="22" font-weight="600""#)
    document.add(text: chart.subtitle, x: 32, y: 66, #"font-size="14" fill="\#(Ink.quiet)""#)
  }

  private func drawLegend(on document: inout SVGDocument) {
    for entry in legend.entries {
      let (x, y) = (entry.x.coordinate, entry.y.coordinate)
      switch entry.subject {
      case .series(let number):
        document.add(#"<path d="M\#(x) \#(y)h26" \#(stroke(of: number))/>"#)
      case .marks(let form):
        let swatch =
          form == .lines ? "m22 -9v18" : "m5 0v6m8 -6v6m8 -6v6M\(x) \((entry.y + 6).coordinate)h26"
        document.add(
          #"<path d="M\#(x) \#(y)\#(swatch)" stroke="\#(Ink.mark)" fill="none"/>"#)
      }
      document.add(text: entry.name, x: entry.x + 34, y: entry.y + 4.5)
    }
  }

  private func drawAxes(on document: inout SVGDocument) {
    for tick in values.ticks {
      let y = y(tick)
      let colour = tick == 0 ? Ink.axis : Ink.grid
      document.add(
        #"<path d="M\#(left.coordinate) \#(y.coordinate)H\#(right.coordinate)""#
          + #" stroke="\#(colour)"/>"#)
      document.add(
        text: values.label(tick), x: left - 10, y: y + 4.5,
        #"class="value" text-anchor="end" fill="\#(Ink.quiet)""#)
    }
    for tick in steps.ticks {
      let x = x(Int(tick))
      document.add(
        #"<path d="M\#(x.coordinate) \#(bottom.coordinate)v6" stroke="\#(Ink.axis)"/>"#)
      document.add(
        text: steps.label(tick), x: x, y: bottom + 22,
        #"class="step" text-anchor="middle" fill="\#(Ink.quiet)""#)
    }
    document.add(
      #"<path d="M\#(left.coordinate) \#(bottom.coordinate)H\#(right.coordinate)""#
        + #" stroke="\#(Ink.axis)"/>"#)
    document.add(
      text: chart.stepName, x: (left + right) / 2, y: bottom + 46, #"text-anchor="middle""#)
    let middle = (top + bottom) / 2
    document.add(
      text: chart.valueName, x: 36, y: middle,
      #"text-anchor="middle" transform="rotate(-90 36 \#(middle.coordinate))""#)
  }

  private func drawMarks(on document: inout SVGDocument) {
    guard let marks = chart.marks, !marks.steps.isEmpty else { return }
    let unique = Set(marks.steps).sorted()
    let stroke: String
    let stretch: String
    let shown: [Int]
    switch marks.form {
    case .lines:
      stroke = #"stroke-width="1" stroke-opacity="0.8""#
      stretch = "V\(top.coordinate)"
      shown = unique
    case .ticks:
      stroke = #"stroke-width="1" stroke-opacity="0.55""#
      stretch = "v-6"
      // Ticks closer than two pixels would run together.
      let every = unique.count / Int((right - left) / 2) + 1
      shown = Swift.stride(from: 0, to: unique.count, by: every).map { unique[$0] }
    }
    let path = shown.map { "M\(x($0).coordinate) \(bottom.coordinate)\(stretch)" }.joined()
    document.add(
      #"<path class="marks" d="\#(path)" stroke="\#(Ink.mark)" \#(stroke) fill="none"/>"#)
  }

  private func drawSeries(_ number: Int, on document: inout SVGDocument) {
    let stretches = stretches[number]
    let form = chart.series[number].form
    let lines = stretches.filter { $0.count > 1 }.map { path($0, form: form) }
    if !lines.isEmpty {
      document.add(
        #"<path class="series" d="\#(lines.joined())" \#(stroke(of: number, form: form))/>"#)
    }
    for point in stretches.filter({ $0.count == 1 }).joined() {
      document.add(
        #"<circle class="series" cx="\#(x(point.step).coordinate)""#
          + #" cy="\#(y(point.value).coordinate)" r="3" fill="\#(colour(of: number))"/>"#)
    }
  }

  private func drawBand(_ number: Int, on document: inout SVGDocument) {
    let band = chart.series[number].drawnBand
    guard band.count > 1 else { return }
    let upper = band.map { "\(x($0.step).coordinate) \(y($0.upper).coordinate)" }
    let lower = band.reversed().map { "\(x($0.step).coordinate) \(y($0.lower).coordinate)" }
    document.add(
      #"<path class="band" d="M\#((upper + lower).joined(separator: "L"))Z""#
        + #" fill="\#(colour(of: number))" fill-opacity="0.15"/>"#)
  }

  private func path(_ stretch: [(step: Int, value: Double)], form: LineChart.Series.Form) -> String
  {
    let corners = stretch.map { (x: x($0.step).coordinate, y: y($0.value).coordinate) }
    switch form {
    case .line: return "M" + corners.map { "\($0.x) \($0.y)" }.joined(separator: "L")
    case .stairs:
      return "M\(corners[0].x) \(corners[0].y)"
        + corners.dropFirst().map { "H\($0.x)V\($0.y)" }.joined()
    }
  }

  private func colour(of number: Int) -> String { Self.colours[number % Self.colours.count] }

  private func stroke(of number: Int, form: LineChart.Series.Form = .line) -> String {
    let width = chart.series[number].isEmphasised ? "2.6" : "1.5"
    // Colours repeat after the last one; dashes tell the second round apart.
    let dashes = number / Self.colours.count
    let fill =
      form == .line ? #"fill="none""# : #"fill="\#(colour(of: number))" fill-opacity="0.1""#
    return #"stroke="\#(colour(of: number))" stroke-width="\#(width)" \#(fill)"#
      + #" stroke-linejoin="round" stroke-linecap="round""#
      + (dashes == 0 ? "" : #" stroke-dasharray="\#(3 + 4 * dashes) 4""#)
  }
}
