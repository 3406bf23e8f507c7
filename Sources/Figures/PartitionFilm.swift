import ChromaticPolicy
import ReadableNumbers

/// How a run's partition changed: its weight matrices with every edge in its class's colour, a scene an iteration.
public struct PartitionFilm: Sendable {
  /// The best policy after an iteration.
  public struct Scene: Sendable {
    /// The iteration.
    public var iteration: Int
    /// The policy.
    public var policy: Policy

    /// A scene with the given parts.
    public init(iteration: Int, policy: Policy) {
      self.iteration = iteration
      self.policy = policy
    }

    /// Its iteration, and the return with which its policy was found.
    public var heading: String {
      let found = policy.evaluation.map { ", return \($0.mean.returnText())" } ?? ""
      return "iteration \(iteration.grouped)\(found)"
    }
  }

  /// By ascending iteration, at least one, policies of the same layers.
  public let scenes: [Scene]
  /// The colours of the classes of all scenes.
  public let palette: ClassPalette
  private let secondsPerScene: Double

  /// A film of scenes that stay for so long.
  public init(_ scenes: [Scene], secondsPerScene: Double) {
    self.scenes = scenes
    self.secondsPerScene = secondsPerScene
    palette = ClassPalette(count: scenes.map(\.policy.partition.classCount).max() ?? 1)
  }

  /// What is shown, in a line.
  public var title: String {
    guard let policy = scenes.last?.policy else { return "" }
    let classes = policy.partition.classCount.counted("class", "classes")
    return "\(policy.environment.id), \(policy.architecture.sizes), "
      + "\(policy.partition.edgeCount.counted("edge", "edges")) in \(classes)"
  }

  /// The film as a self-contained SVG document that moves by SMIL and repeats for ever; readers that know no
  /// animation show the last scene.
  public func svg() -> String {
    guard let last = scenes.last else { return "" }
    let layout = PartitionLayout(last.policy)
    var document = SVGDocument(
      width: PartitionLayout.width, height: layout.bottom + 32, title: title,
      description: "The partition of the best policy after iterations "
        + scenes.map(\.iteration.grouped).joined(separator: ", ") + ".")
    document.add(text: title, x: 32, y: 42, #"font-size="22" font-weight="600""#)
    for block in layout.blocks { PartitionFigure.drawHeading(block, on: &document) }
    for (number, scene) in scenes.enumerated() {
      let isLast = number == scenes.count - 1
      document.add(#"<g class="scene" visibility="\#(isLast ? "visible" : "hidden")">"#)
      if scenes.count > 1 { document.add(animation(of: number)) }
      document.add(
        text: scene.heading, x: 32, y: 66, #"font-size="14" fill="\#(Ink.quiet)""#)
      for (block, matrix) in zip(layout.blocks, scene.policy.matrices) {
        PartitionFigure.drawCells(
          matrix, in: block, of: scene.policy, palette: palette, explained: false, on: &document)
      }
      document.add("</g>")
    }
    for block in layout.blocks { PartitionFigure.drawGrid(block, on: &document) }
    return document.text
  }

  /// When a scene is seen: a part of the whole film.
  private func animation(of number: Int) -> String {
    let share = { (scene: Int) in
      "\((Double(scene) / Double(scenes.count) * 1e4).rounded() / 1e4)"
    }
    let (values, times) =
      number == 0
      ? ("visible;hidden", "0;\(share(1))")
      : number == scenes.count - 1
        ? ("hidden;visible", "0;\(share(number))")
        : ("hidden;visible;hidden", "0;\(share(number));\(share(number + 1))")
    let seconds = (secondsPerScene * Double(scenes.count)).coordinate
    return #"<animate attributeName="visibility" calcMode="discrete" dur="\#(seconds)s""#
      + #" repeatCount="indefinite" values="\#(values)" keyTimes="\#(times)"/>"#
  }
}
