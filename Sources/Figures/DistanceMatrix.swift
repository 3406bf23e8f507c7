import ReadableNumbers

/// The distances between policies as a square of shaded cells with their numbers.
public struct DistanceMatrix: Sendable {
  private let names: [String]
  private let values: [[Double]]
  private let title: String

  private static let cell = 64.0
  private static let margin = 32.0
  /// Pixels of a letter.
  private static let letter = 7.0

  /// - Parameters:
  ///   - title: stands above it.
  ///   - names: of rows and columns.
  ///   - values: square and symmetric, one row per name, from 0 on.
  public init(title: String, names: [String], values: [[Double]]) {
    self.title = title
    self.names = names
    self.values = values
  }

  /// The figure as a self-contained SVG document.
  public var svg: String {
    let labels = names.enumerated().map { "\($0 + 1)  \($1)" }
    let left = Self.margin + Self.letter * Double(labels.map(\.count).max() ?? 0) + 12
    let side = Self.cell * Double(names.count)
    let width = max(left + side + Self.margin, Self.margin * 2 + 12 * Double(title.count))
    var document = SVGDocument(
      width: width, height: 112 + side + Self.margin, title: title,
      description: "\(title) between \(names.count) policies; darker is farther.")
    document.add(text: title, x: Self.margin, y: 42, #"font-size="22" font-weight="600""#)
    for (number, label) in labels.enumerated() {
      let middle = (Double(number) + 0.5) * Self.cell
      document.add(text: label, x: Self.margin, y: 104 + middle)
      document.add(
        text: "\(number + 1)", x: left + middle, y: 88, #"text-anchor="middle""#)
    }
    drawCells(left: left, top: 100, on: &document)
    return document.text
  }

  private func drawCells(left: Double, top: Double, on document: inout SVGDocument) {
    let largest = values.joined().max() ?? 0
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() {
        let share = largest > 0 ? value / largest : 0
        let (x, y) = (left + Double(column) * Self.cell, top + Double(row) * Self.cell)
        document.add(
          #"<rect class="distance" x="\#(x.coordinate)" y="\#(y.coordinate)""#
            + #" width="\#(Self.cell - 2)" height="\#(Self.cell - 2)" fill="\#(Ink.shade)""#
            + #" fill-opacity="\#((0.06 + 0.74 * share).coordinate)"/>"#)
        document.add(
          text: value.text(decimals: 2), x: x + Self.cell / 2 - 1, y: y + Self.cell / 2 + 4,
          #"text-anchor="middle" fill="\#(share > 0.6 ? Ink.paper : Ink.text)""#)
      }
    }
  }
}
