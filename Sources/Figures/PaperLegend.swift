import ChromaticPolicy
import ReadableNumbers

/// Every class of a figure for a paper: its colour, its number and its weight, as far as anybody reads them.
struct PaperLegend {
  /// Beyond so many classes colours are too close to be looked up, and the legend says how many there are.
  static let longest = 120

  private static let row = 9.0
  private static let swatch = 6.0
  private static let columnWidth = 48.0

  private let figure: PaperFigure
  private let weights: [String]

  init(_ figure: PaperFigure) {
    self.figure = figure
    weights = figure.policy.sharedWeights.map { $0.text(decimals: 2) }
  }

  private var isListed: Bool { weights.count <= Self.longest }

  /// Points from its top to its end in a place `width` points wide.
  func height(width: Double) -> Double { Double(rows(width: width)) * Self.row }

  private func rows(width: Double) -> Int {
    let columns = max(1, min(weights.count, Int(width / Self.columnWidth)))
    return isListed ? (weights.count + columns - 1) / columns : 1
  }

  /// Draws it in a place of that width whose upper left corner is given.
  func draw(x left: Double, y top: Double, width: Double, into parts: inout [String]) {
    guard isListed else {
      let counted = weights.count.counted("class", "classes")
      parts.append(PaperFigure.text("\(counted), too many to be named here", x: left, y: top + 7))
      return
    }
    let rows = rows(width: width)
    for (number, weight) in weights.enumerated() {
      let x = left + Double(number / rows) * Self.columnWidth
      let y = top + Double(number % rows) * Self.row
      parts.append(
        #"<rect class="swatch" x="\#(x.coordinate)" y="\#((y + 0.8).coordinate)""#
          + #" width="\#(Self.swatch.coordinate)" height="\#(Self.swatch.coordinate)""#
          + #" fill="\#(figure.palette.colours[number].hex)"/>"#)
      parts.append(
        PaperFigure.text("\(number)", x: x + 17, y: y + 6.4, #"text-anchor="end""#))
      parts.append(
        PaperFigure.text(weight, x: x + 43, y: y + 6.4, #"text-anchor="end" fill="\#(Ink.quiet)""#))
    }
  }
}
