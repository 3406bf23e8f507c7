import Foundation
import ReadableNumbers

/// Returns of policies against the bits that store them, a panel for each environment.
///
/// Bits are on a logarithmic axis; stairs join the policies that no smaller one reaches: the Pareto front.
public struct ParetoFigure: Sendable, Hashable {
  /// A policy as a point.
  public struct Point: Sendable, Hashable {
    /// The panel it belongs to.
    public var environment: String
    /// What tells policies of a panel apart: a class, a controller.
    public var series: String
    /// What it takes to store.
    public var bits: Int
    /// Its mean return.
    public var value: Double

    /// A point with the given parts.
    public init(environment: String, series: String, bits: Int, value: Double) {
      self.environment = environment
      self.series = series
      self.bits = bits
      self.value = value
    }
  }

  /// The policies, in any order.
  public var points: [Point]

  /// A figure of `points`; those whose return is no finite number are left out.
  public init(_ points: [Point]) {
    self.points = points.filter { $0.value.magnitude < 1e100 && $0.bits > 0 }
  }

  /// The points of an environment that return more than all with fewer or as many bits, by bits.
  public func front(of environment: String) -> [Point] {
    let candidates = points.filter { $0.environment == environment }.sorted {
      ($0.bits, -$0.value, $0.series) < ($1.bits, -$1.value, $1.series)
    }
    return candidates.reduce(into: []) { front, point in
      if front.last.map({ point.value > $0.value }) ?? true { front.append(point) }
    }
  }

  /// The panels' names, in order.
  var environments: [String] { Set(points.map(\.environment)).sorted() }

  /// The names in the legend, in order.
  var series: [String] { Set(points.map(\.series)).sorted() }

  /// The figure as a self-contained SVG document, three panels in a row.
  public func svg() -> String { ParetoDrawing(self).svg() }
}

/// The layout of a Pareto figure and its drawing.
private struct ParetoDrawing {
  private let figure: ParetoFigure
  private let environments: [String]
  private let series: [String]

  private static let columns = 3
  private static let panel = (width: 312.0, height: 232.0)
  private static let plot = (left: 66.0, right: 300.0, top: 34.0, bottom: 186.0)
  private static let margin = 12.0
  private static let legendRow = 22.0
  private static let perRow = 4

  init(_ figure: ParetoFigure) {
    self.figure = figure
    environments = figure.environments
    series = figure.series
  }

  private var heading: Double {
    84 + Self.legendRow * Double((series.count + Self.perRow - 1) / Self.perRow)
  }

  func svg() -> String {
    let rows = (environments.count + Self.columns - 1) / Self.columns
    var document = SVGDocument(
      width: 2 * Self.margin + Self.panel.width * Double(Self.columns),
      height: heading + Self.panel.height * Double(max(rows, 1)) + Self.margin,
      title: "Return against bits",
      description: environments.map { environment in
        let front = figure.front(of: environment).map {
          "\($0.bits.grouped) bits: \($0.value.returnText())"
        }
        return "\(environment): \(front.joined(separator: ", "))"
      }.joined(separator: ". "))
    document.add(text: "Return against bits", x: 32, y: 42, #"font-size="22" font-weight="600""#)
    document.add(
      text: "One mark a policy; stairs: the most return for at most so many bits.", x: 32, y: 66,
      #"font-size="14" fill="\#(Ink.quiet)""#)
    drawLegend(on: &document)
    for (number, environment) in environments.enumerated() {
      let x = Self.margin + Self.panel.width * Double(number % Self.columns)
      let y = heading + Self.panel.height * Double(number / Self.columns)
      document.add(#"<g transform="translate(\#(x.coordinate) \#(y.coordinate))">"#)
      draw(environment, on: &document)
      document.add("</g>")
    }
    return document.text
  }

  private func drawLegend(on document: inout SVGDocument) {
    for (number, name) in series.enumerated() {
      let x = 38 + 232 * Double(number % Self.perRow)
      let y = 94 + Self.legendRow * Double(number / Self.perRow)
      document.add(mark(number, x: x, y: y, in: "legend"))
      document.add(text: name, x: x + 14, y: y + 4.5)
    }
  }

  private func draw(_ environment: String, on document: inout SVGDocument) {
    let points = figure.points.filter { $0.environment == environment }
    let plot = Self.plot
    let values = Axis(covering: points.map(\.value), ticks: 4)
    let bits = BitAxis(covering: points.map(\.bits))
    func x(_ count: Int) -> Double {
      plot.left + (plot.right - plot.left) * bits.fraction(of: count)
    }
    func y(_ value: Double) -> Double {
      plot.bottom - (plot.bottom - plot.top) * values.fraction(of: value)
    }
    document.add(text: environment, x: plot.left, y: 18, #"font-size="15" font-weight="600""#)
    for tick in values.ticks {
      document.add(
        #"<path d="M\#(plot.left.coordinate) \#(y(tick).coordinate)H\#(plot.right.coordinate)""#
          + #" stroke="\#(Ink.grid)"/>"#)
      document.add(
        text: values.label(tick), x: plot.left - 8, y: y(tick) + 4.5,
        #"text-anchor="end" font-size="12" fill="\#(Ink.quiet)""#)
    }
    for tick in bits.ticks {
      document.add(
        #"<path d="M\#(x(tick).coordinate) \#(plot.bottom.coordinate)v5" stroke="\#(Ink.axis)"/>"#)
      document.add(
        text: tick.grouped, x: x(tick), y: plot.bottom + 19,
        #"text-anchor="middle" font-size="12" fill="\#(Ink.quiet)""#)
    }
    document.add(
      #"<path d="M\#(plot.left.coordinate) \#(plot.bottom.coordinate)H\#(plot.right.coordinate)""#
        + #" stroke="\#(Ink.axis)"/>"#)
    document.add(
      text: "bits", x: plot.right, y: plot.bottom + 36,
      #"text-anchor="end" font-size="12" fill="\#(Ink.quiet)""#)
    let front = figure.front(of: environment)
    if let first = front.first {
      let steps = front.dropFirst().map { "H\(x($0.bits).coordinate)V\(y($0.value).coordinate)" }
      document.add(
        #"<path class="front" d="M\#(x(first.bits).coordinate) \#(y(first.value).coordinate)"#
          + #"\#(steps.joined())H\#(plot.right.coordinate)" stroke="\#(Ink.axis)" fill="none"/>"#)
    }
    for point in points.sorted(by: {
      ($0.series, $0.bits, $0.value) < ($1.series, $1.bits, $1.value)
    }) {
      document.add(
        mark(series.firstIndex(of: point.series) ?? 0, x: x(point.bits), y: y(point.value)))
    }
  }

  /// A mark whose colour and shape tell its series, so that no reader depends on colour.
  private func mark(_ number: Int, x: Double, y: Double, in role: String = "policy") -> String {
    let colour = LineChartDrawing.colours[number % LineChartDrawing.colours.count]
    let (x, y) = (x.coordinate, y.coordinate)
    let shape =
      switch number % 5 {
      case 0: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
      case 1: "m-4 -4h8v8h-8z"
      case 2: "m0 -5l5 5l-5 5l-5 -5z"
      case 3: "m0 -5l5 9h-10z"
      default: "m0 5l5 -9h-10z"
      }
    return
      #"<path class="\#(role)" d="M\#(x) \#(y)\#(shape)" fill="\#(colour)" fill-opacity="0.85"/>"#
  }
}

/// A logarithmic axis of bits with at most four ticks, at 1, 2 and 5 times powers of ten or at fewer of them.
private struct BitAxis {
  private let lower: Double
  private let upper: Double
  let ticks: [Int]

  init(covering bits: [Int]) {
    let (least, most) = (Double(bits.min() ?? 1_000), Double(bits.max() ?? 10_000))
    (lower, upper) = (log10(least / 1.25), log10(most * 1.25))
    let shown = Int(least / 1.25)...Int(most * 1.25)
    let powers = (0...12).map { Int(pow(10, Double($0))) }
    let choices: [[Int]] = [[1, 2, 5], [1, 3], [1]].map { factors in
      powers.flatMap { power in factors.map { $0 * power } }.filter(shown.contains)
    }
    ticks = choices.first { $0.count <= 4 } ?? choices[2]
  }

  func fraction(of bits: Int) -> Double { (log10(Double(bits)) - lower) / (upper - lower) }
}
