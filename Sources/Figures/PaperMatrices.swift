import ChromaticPolicy

/// The weight matrices of a figure for a paper, side by side as far as they fit.
struct PaperMatrices {
  /// A matrix and the upper left corner of its cells.
  struct Block {
    let matrix: [[Int]]
    let heading: String
    let x: Double
    let y: Double

    var rows: Int { matrix.count }
    var columns: Int { matrix.first?.count ?? 0 }
  }

  /// Points of a cell, at most so that a number in it has the size of other type.
  let cell: Double
  let blocks: [Block]
  /// The lower end of the lowest matrix.
  let bottom: Double

  /// Cells of at least so many points bear the numbers of their classes.
  static let leastNumbered = 7.0
  private static let largest = 12.0
  private static let heading = 10.0

  private let figure: PaperFigure

  init(_ figure: PaperFigure) {
    self.figure = figure
    let matrices = figure.policy.matrices
    let widths = matrices.map { Double($0.first?.count ?? 0) }
    let usable = figure.width - 2 * PaperFigure.margin
    let beside =
      (usable - PaperFigure.gap * Double(matrices.count - 1)) / max(1, widths.reduce(0, +))
    // Small ones stand in one row; where cells would vanish, each has a row of its own.
    let isOneRow = beside >= 2
    cell = min(Self.largest, isOneRow ? beside : usable / max(1, widths.max() ?? 1))
    var (x, y) = (PaperFigure.margin, Self.heading)
    var blocks: [Block] = []
    for matrix in matrices {
      let block = Block(
        matrix: matrix, heading: "\(matrix.first?.count ?? 0) × \(matrix.count)", x: x, y: y)
      blocks.append(block)
      if isOneRow {
        x += Double(block.columns) * cell + PaperFigure.gap
      } else {
        y += Double(block.rows) * cell + PaperFigure.gap + Self.heading
      }
    }
    self.blocks = blocks
    let cell = cell
    bottom = blocks.map { $0.y + Double($0.rows) * cell }.max() ?? y
  }

  /// What is free below the matrices beside a first one that is taller: its upper left corner and its size;
  /// nil if nothing is.
  var free: (x: Double, y: Double, width: Double, height: Double)? {
    guard let second = blocks.dropFirst().first, second.y == blocks[0].y else { return nil }
    let lower = blocks.dropFirst().map { $0.y + Double($0.rows) * cell }.max() ?? bottom
    let top = lower + PaperFigure.gap
    return (second.x, top, figure.width - PaperFigure.margin - second.x, bottom - top)
  }

  /// Draws them.
  func draw(into parts: inout [String]) {
    for block in blocks {
      parts.append(PaperFigure.text(block.heading, x: block.x, y: block.y - 3))
      parts.append(
        #"<g transform="translate(\#(block.x.coordinate) \#(block.y.coordinate))"#
          + #" scale(\#(cell.coordinate))" shape-rendering="crispEdges">"#)
      if figure.policy.policyClass.removesEdges {
        parts.append(
          #"<rect class="gap" width="\#(block.columns)" height="\#(block.rows)""#
            + #" fill="\#(Ink.grid)"/>"#)
      }
      for run in ClassRuns(block.matrix, classes: figure.policy.partition.classCount).paths {
        let colour = figure.palette.colours[run.index].hex
        parts.append(#"<path class="cells" fill="\#(colour)" d="\#(run.path)"/>"#)
      }
      parts.append("</g>")
      if cell >= Self.leastNumbered { number(block, into: &parts) }
    }
  }

  /// The number of its class in every cell.
  private func number(_ block: Block, into parts: inout [String]) {
    let digits = "\(figure.policy.partition.classCount - 1)".count
    let size = min(PaperFigure.fontSize, cell * 1.25 / Double(max(2, digits)))
    for (row, cells) in block.matrix.enumerated() {
      for (column, index) in cells.enumerated() where index != Int(Partition.removed) {
        let ink = figure.palette.colours[index].isDark ? Ink.paper : Ink.text
        parts.append(
          PaperFigure.text(
            "\(index)", x: block.x + (Double(column) + 0.5) * cell,
            y: block.y + (Double(row) + 0.5) * cell + 0.36 * size, size: size,
            #"class="number" text-anchor="middle" fill="\#(ink)""#))
      }
    }
  }
}

extension Colour {
  /// Whether white is read on it more easily than black.
  var isDark: Bool { Colour.lab(linear: linear).x < 0.62 }
}
