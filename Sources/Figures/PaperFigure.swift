import ChromaticPolicy
import ReadableNumbers

/// A policy's edges in the colours of their classes for a paper, as its Fig. 2: as wide as a column, no heading,
/// type that is read in print, every class named beside its colour.
public struct PaperFigure: Sendable {
  /// What edges are drawn as.
  public enum Form: String, Sendable, CaseIterable {
    /// Cells of the weight matrices.
    case matrices
    /// Lines between the units of the network.
    case network
  }

  /// PostScript points of an inch.
  static let inch = 72.0
  static let fontSize = 7.0
  /// Points between parts.
  static let gap = 8.0
  static let margin = 1.0

  let policy: Policy
  let palette: ClassPalette
  let width: Double
  private let form: Form

  /// A figure of `policy`, `inches` wide.
  public init(_ policy: Policy, form: Form = .matrices, inches: Double) {
    self.policy = policy
    self.form = form
    palette = ClassPalette(count: policy.partition.classCount)
    width = inches * Self.inch
  }

  /// The figure as a self-contained SVG document, sizes in points.
  public func svg() -> String {
    var parts: [String] = []
    let legend = PaperLegend(self)
    let usable = width - 2 * Self.margin
    var bottom: Double
    var free: (x: Double, y: Double, width: Double, height: Double)?
    switch form {
    case .matrices:
      let matrices = PaperMatrices(self)
      matrices.draw(into: &parts)
      (bottom, free) = (matrices.bottom, matrices.free)
    case .network:
      let network = PaperNetwork(self)
      network.draw(into: &parts)
      bottom = network.bottom
    }
    if let free, legend.height(width: free.width) <= free.height {
      legend.draw(x: free.x, y: free.y, width: free.width, into: &parts)
    } else {
      legend.draw(x: Self.margin, y: bottom + Self.gap, width: usable, into: &parts)
      bottom += Self.gap + legend.height(width: usable)
    }
    var document = SVGDocument(
      width: width, height: bottom + Self.margin, unit: "pt",
      fontSize: Self.fontSize, title: title, description: description)
    parts.forEach { document.add($0) }
    return document.text
  }

  private var title: String { "\(policy.environment.id), \(policy.architecture.sizes)" }

  private var description: String {
    let partition = policy.partition
    return "\(partition.edgeCount.counted("edge", "edges")), each in the colour of its class;"
      + " \(partition.usedClassCount.grouped) of \(partition.classCount.grouped) classes hold edges."
  }

  /// A line of text as an element.
  static func text(
    _ text: String, x: Double, y: Double, size: Double = fontSize, _ attributes: String = ""
  ) -> String {
    let size = size == fontSize ? "" : #" font-size="\#(size.coordinate)""#
    let attributes = attributes.isEmpty ? "" : " " + attributes
    return #"<text x="\#(x.coordinate)" y="\#(y.coordinate)"\#(size)\#(attributes)>"#
      + "\(text.xmlEscaped)</text>"
  }
}
