import ChromaticPolicy
import ReadableNumbers

extension LineChart {
  /// How many edges the classes of some policies hold: a staircase each, the largest class first.
  public static func classSizes(_ policies: [(name: String, partition: Partition)]) -> LineChart {
    let sizes = policies.map { $0.partition.classSizes.sorted(by: >) }
    let texts = zip(policies, sizes).map { policy, sizes in
      [policy.name, policy.partition.edgeCount.counted("edge", "edges"), spread(sizes)]
        .joined(separator: " · ")
    }
    return LineChart(
      title: "Edges per class",
      subtitle: texts.count == 1
        ? texts[0]
        : policies.count.counted("policy", "policies") + ", every step a class, the largest first",
      summary: texts.map { $0 + "." }.joined(separator: " "),
      stepName: "classes, the largest first", valueName: "edges",
      series: zip(policies, sizes).map { policy, sizes in
        Series(name: policy.name, points: stairs(sizes), form: .stairs)
      })
  }

  /// The corners of a staircase over descending sizes, from the axis and back; equal sizes are one.
  private static func stairs(_ sizes: [Int]) -> [Point] {
    let changes = sizes.indices.filter { $0 == 0 || sizes[$0] != sizes[$0 - 1] }
    return [Point(step: 0, value: 0)]
      + changes.map { Point(step: $0, value: Double(sizes[$0])) }
      + [Point(step: sizes.count, value: 0)]
  }

  private static func spread(_ sizes: [Int]) -> String {
    let (most, least) = (sizes.first ?? 0, sizes.last ?? 0)
    let edges =
      most == least ? most.counted("edge", "edges") : "\(least.grouped) to \(most.grouped)"
    return "\(sizes.count.counted("class", "classes")) of \(edges)"
  }
}
