import ChromaticPolicy
import ReadableNumbers

/// The legend of a partition figure: every class with its shared weight and its number of edges.
struct ClassListing {
  private let entries: [(weight: String, edges: String)]

  /// The most entries that anybody reads.
  static let longest = 512
  private static let columnWidth = 224.0
  private static let lineHeight = 22.0

  /// The place of a listing in a figure.
  struct Frame {
    let x: Double
    let y: Double
    /// Columns side by side.
    let columns: Int
    /// Entries per column.
    let rows: Int
    /// The lower end of the last entry.
    var bottom: Double { y + Double(rows + 1) * ClassListing.lineHeight }
  }

  init(_ policy: Policy) {
    entries = zip(policy.sharedWeights, policy.partition.classSizes).map {
      ($0.text(decimals: 3), $1.grouped)
    }
  }

  /// Whether it has more entries than a figure should list.
  var isTooLong: Bool { entries.count > Self.longest }

  /// The frame at a point, with as many of at most `columns` columns as have entries.
  func frame(x: Double, y: Double, columns: Int = 4) -> Frame {
    let rows = (entries.count + columns - 1) / columns
    return Frame(x: x, y: y, columns: (entries.count + rows - 1) / rows, rows: rows)
  }

  /// The frame at a point in `width` pixels, or nil if they are too few.
  func frame(x: Double, y: Double, width: Double) -> Frame? {
    let columns = Int(width / Self.columnWidth)
    return columns < 1 ? nil : frame(x: x, y: y, columns: columns)
  }

  /// Draws the listing in `frame`.
  func draw(palette: ClassPalette, in frame: Frame, on document: inout SVGDocument) {
    for column in 0..<frame.columns {
      let x = frame.x + Double(column) * Self.columnWidth
      let top = frame.y + 14
      drawLine(
        ["class", "weight", "edges"], x: x, y: top, #"fill="\#(Ink.quiet)""#, on: &document)
      for row in 0..<min(frame.rows, entries.count - column * frame.rows) {
        let number = column * frame.rows + row
        let y = top + Double(row + 1) * Self.lineHeight
        document.add(
          #"<rect class="swatch" x="\#(x.coordinate)" y="\#((y - 12).coordinate)" width="15""#
            + #" height="15" rx="2" fill="\#(palette.colours[number].hex)"/>"#)
        let entry = entries[number]
        drawLine(["\(number)", entry.weight, entry.edges], x: x, y: y, on: &document)
      }
    }
  }

  private func drawLine(
    _ cells: [String], x: Double, y: Double, _ attributes: String = "",
    on document: inout SVGDocument
  ) {
    let style = #"text-anchor="end" font-variant-numeric="tabular-nums""#
    for (cell, offset) in zip(cells, [54.0, 120, 172]) {
      document.add(text: cell, x: x + offset, y: y, [style, attributes].joined(separator: " "))
    }
  }
}
