import ChromaticPolicy

/// The network of a figure for a paper: layers from the left to the right, every edge a line in the colour of its
/// class.
struct PaperNetwork {
  private static let radius = 2.0
  private static let label = 10.0
  /// Points between two units of the largest layer, at least and at most.
  private static let pitch = (least: 5.0, most: 12.0)

  private let figure: PaperFigure
  private let layers: [Int]
  private let height: Double

  init(_ figure: PaperFigure) {
    self.figure = figure
    let architecture = figure.policy.architecture
    layers =
      [architecture.observationSize] + architecture.hiddenSizes + [architecture.actionSize]
    let largest = Double(layers.max() ?? 1)
    let pitch = min(Self.pitch.most, max(Self.pitch.least, figure.width * 0.7 / largest))
    height = pitch * max(1, largest - 1)
  }

  /// The lower end.
  var bottom: Double { Self.label + 2 * Self.radius + height }

  /// Draws it.
  func draw(into parts: inout [String]) {
    for (layer, matrix) in figure.policy.matrices.enumerated() {
      var paths = [String](repeating: "", count: figure.policy.partition.classCount)
      for (row, cells) in matrix.enumerated() {
        for (column, index) in cells.enumerated() where index != Int(Partition.removed) {
          let (from, to) = (unit(column, of: layer), unit(row, of: layer + 1))
          paths[index] +=
            "M\(from.x.coordinate) \(from.y.coordinate)L\(to.x.coordinate) \(to.y.coordinate)"
        }
      }
      for (index, path) in paths.enumerated() where !path.isEmpty {
        parts.append(
          #"<path class="edges" d="\#(path)" stroke="\#(figure.palette.colours[index].hex)""#
            + #" stroke-width="\#(strokeWidth(of: matrix).coordinate)" fill="none"/>"#)
      }
    }
    for (layer, size) in layers.enumerated() {
      for number in 0..<size {
        let (x, y) = unit(number, of: layer)
        parts.append(
          #"<circle class="unit" cx="\#(x.coordinate)" cy="\#(y.coordinate)""#
            + #" r="\#(Self.radius.coordinate)" fill="\#(Ink.paper)" stroke="\#(Ink.text)""#
            + #" stroke-width="0.6"/>"#)
      }
      let anchor = layer == 0 ? "start" : layer == layers.count - 1 ? "end" : "middle"
      let x = unit(0, of: layer).x + (layer == 0 ? -1 : anchor == "end" ? 1 : 0) * Self.radius
      parts.append(
        PaperFigure.text(
          name(of: layer), x: x, y: 7, #"text-anchor="\#(anchor)""#))
    }
  }

  private func unit(_ number: Int, of layer: Int) -> (x: Double, y: Double) {
    let (left, right) = (
      PaperFigure.margin + Self.radius, figure.width - PaperFigure.margin - Self.radius
    )
    let x = left + (right - left) * Double(layer) / Double(layers.count - 1)
    let middle = Self.label + Self.radius + height / 2
    let size = layers[layer]
    let pitch = height / Double(max(1, (layers.max() ?? 1) - 1))
    // A small layer spreads over half of the height, so that its edges are told apart.
    let spread = size == layers.max() ? pitch : max(pitch, height / 2 / Double(max(1, size - 1)))
    return (x, middle + (Double(number) - Double(size - 1) / 2) * spread)
  }

  /// Many lines are thin ones.
  private func strokeWidth(of matrix: [[Int]]) -> Double {
    let edges = matrix.count * (matrix.first?.count ?? 0)
    return edges > 400 ? 0.35 : edges > 100 ? 0.6 : 1
  }

  private func name(of layer: Int) -> String {
    layer == 0
      ? "observation (\(layers[layer]))"
      : layer == layers.count - 1 ? "action (\(layers[layer]))" : "hidden (\(layers[layer]))"
  }
}
