import ChromaticPolicy
import ReadableNumbers

/// The weight matrices of a policy with every edge in its class's colour, as in the paper's Fig. 2.
public enum PartitionFigure {
  /// The figure as a self-contained SVG document, 960 pixels wide.
  ///
  /// - Parameters:
  ///   - policy: whose edges are drawn.
  ///   - legend: whether every class is listed with its shared weight and its edges.
  public static func svg(of policy: Policy, legend: Bool = true) -> String {
    let palette = ClassPalette(count: policy.partition.classCount)
    let layout = PartitionLayout(policy)
    let listing = ClassListing(policy)
    let frame = legend && !listing.isTooLong ? layout.place(listing) : nil
    let bottom = max(layout.bottom, frame?.bottom ?? 0)
    var document = SVGDocument(
      width: PartitionLayout.width, height: bottom + 32, title: title(of: policy),
      description: description(of: policy))
    document.add(text: title(of: policy), x: 32, y: 42, #"font-size="22" font-weight="600""#)
    document.add(
      text: subtitle(of: policy), x: 32, y: 66, #"font-size="14" fill="\#(Ink.quiet)""#)
    for block in layout.blocks {
      drawHeading(block, on: &document)
      drawCells(block.matrix, in: block, of: policy, palette: palette, on: &document)
      drawGrid(block, on: &document)
    }
    if let frame { listing.draw(palette: palette, in: frame, on: &document) }
    return document.text
  }

  private static func title(of policy: Policy) -> String {
    let partition = policy.partition
    let classes = partition.classCount.counted("same-weight class", "same-weight classes")
    let edges = partition.edgeCount.counted("edge", "edges")
    let removed = partition.edgeCount - partition.keptEdgeCount
    return removed == 0 ? "\(edges) in \(classes)" : "\(edges), \(removed.grouped) of them removed"
  }

  private static func subtitle(of policy: Policy) -> String {
    [
      policy.environment.id,
      policy.policyClass == .standard ? nil : policy.policyClass.rawValue,
      "\(policy.architecture.sizes) (\(policy.architecture.name))",
      "\(policy.training.controller) controller", "seed \(policy.training.seed)",
      "iteration \(policy.training.iteration.grouped)",
    ].compactMap { $0 }.joined(separator: " · ")
  }

  private static func description(of policy: Policy) -> String {
    let sizes = policy.architecture.matrices.map { "\($0.columns) × \($0.rows)" }
    return
      "Policy for \(policy.environment.id): \(sizes.joined(separator: ", ")) edges, each in the"
      + " colour of its class. \(policy.partition.usedClassCount.grouped) of"
      + " \(policy.partition.classCount.grouped) classes hold edges."
  }

  /// What a matrix is.
  static func drawHeading(_ block: PartitionLayout.Block, on document: inout SVGDocument) {
    document.add(
      text: block.heading, x: block.x, y: block.y + 14, #"font-size="14" font-weight="600""#)
    document.add(text: block.caption, x: block.x, y: block.y + 33, #"fill="\#(Ink.quiet)""#)
  }

  /// The cells of a matrix in the place of `block`.
  ///
  /// - Parameter explained: whether a pointer over a cell shows its class and weight.
  static func drawCells(
    _ matrix: [[Int]], in block: PartitionLayout.Block, of policy: Policy, palette: ClassPalette,
    explained: Bool = true, on document: inout SVGDocument
  ) {
    let top = block.y + PartitionLayout.headingHeight
    document.add(
      #"<g transform="translate(\#(block.x.coordinate) \#(top.coordinate))"#
        + #" scale(\#(block.cell.coordinate))" shape-rendering="crispEdges">"#)
    if policy.policyClass.removesEdges {
      document.add(
        #"<rect class="gap" width="\#(block.columns)" height="\#(block.rows)""#
          + #" fill="\#(Ink.grid)"/>"#)
    }
    for run in ClassRuns(matrix, classes: policy.partition.classCount).paths {
      let weight = policy.sharedWeights[run.index].text(decimals: 3)
      let title = explained ? "<title>class \(run.index), weight \(weight)</title>" : ""
      document.add(
        #"<path class="cells" fill="\#(palette.colours[run.index].hex)" d="\#(run.path)">"#
          + "\(title)</path>")
    }
    document.add("</g>")
  }

  /// Fine white lines between cells that are large enough.
  static func drawGrid(_ block: PartitionLayout.Block, on document: inout SVGDocument) {
    guard block.cell >= 6 else { return }
    let top = block.y + PartitionLayout.headingHeight
    let inner = (1..<max(1, block.columns)).map {
      "M\((block.x + Double($0) * block.cell).coordinate) \(top.coordinate)"
        + "v\(block.height.coordinate)"
    }
    let across = (1..<max(1, block.rows)).map {
      "M\(block.x.coordinate) \((top + Double($0) * block.cell).coordinate)"
        + "h\(block.width.coordinate)"
    }
    guard !(inner + across).isEmpty else { return }
    document.add(
      #"<path d="\#((inner + across).joined())" stroke="\#(Ink.paper)" stroke-opacity="0.5""#
        + #" fill="none"/>"#)
  }
}

/// The cells of a matrix by class, equal neighbours of a row joined; removed edges leave a gap.
struct ClassRuns {
  /// SVG path data per class that occurs, in units of one cell.
  let paths: [(index: Int, path: String)]

  init(_ matrix: [[Int]], classes: Int) {
    var paths = [String](repeating: "", count: classes)
    for (row, cells) in matrix.enumerated() {
      var start = 0
      for column in cells.indices {
        guard column + 1 == cells.count || cells[column + 1] != cells[column] else { continue }
        let length = column + 1 - start
        let index = cells[column]
        if index != Int(Partition.removed) {
          paths[index] += "M\(start) \(row)h\(length)v1h-\(length)z"
        }
        start = column + 1
      }
    }
    self.paths = paths.enumerated().filter { !$1.isEmpty }.map { (index: $0, path: $1) }
  }
}
