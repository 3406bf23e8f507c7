import ReadableNumbers

extension LineChart {
  /// How undecided the controllers of some runs were: nats per edge by iteration; nil leaves a gap.
  public static func entropy(_ runs: [(name: String, points: [Point])]) -> LineChart {
    let texts = runs.map { "\($0.name) · \(ends($0.points))" }
    return LineChart(
      title: "Entropy of the controller",
      subtitle: texts.count == 1 ? texts[0] : runs.count.counted("run", "runs"),
      summary: texts.map { $0 + "." }.joined(separator: " "),
      stepName: "iteration", valueName: "entropy per edge, nats",
      series: runs.map { Series(name: $0.name, points: $0.points, isEmphasised: runs.count == 1) },
      base: 0)
  }

  /// The first and the last entropy that are known.
  private static func ends(_ points: [Point]) -> String {
    let known = points.compactMap { point in point.value.map { (point.step, $0) } }
    guard let first = known.first, let last = known.last else { return "no entropy is known" }
    return "\(first.1.text(decimals: 2)) nats per edge at iteration \(first.0.grouped),"
      + " \(last.1.text(decimals: 2)) at iteration \(last.0.grouped)"
  }
}
