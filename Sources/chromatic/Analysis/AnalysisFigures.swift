import Figures
import Foundation

/// The figures that the arguments of `analyze` allow, by file name.
struct AnalysisFigures {
  private var files: [(name: String, svg: String)] = []

  /// Distances need two policies, class sizes one, entropy a history that knows it.
  init(_ material: AnalysisMaterial, _ distances: PartitionDistances?) {
    if let distances { files.append(("distances.svg", distances.figure.svg)) }
    if !material.policies.isEmpty {
      files.append(("class-sizes.svg", Self.classSizes(material).svg()))
    }
    let deciding = material.histories.filter { $0.entries.contains { $0.entropy != nil } }
    if !deciding.isEmpty { files.append(("entropy.svg", Self.entropy(deciding).svg())) }
  }

  /// Writes them into `directory`, which is made if missing; returns their paths.
  func write(into directory: String) throws(CommandError) -> [String] {
    guard !files.isEmpty else {
      throw .usage("--figures has nothing to draw: no history knows its controller's entropy")
    }
    try OutputFile.makeDirectory(directory)
    var paths: [String] = []
    for (name, svg) in files {
      paths.append("\(directory)/\(name)")
      try OutputFile.write(Data(svg.utf8), to: paths[paths.count - 1])
    }
    return paths
  }

  private static func classSizes(_ material: AnalysisMaterial) -> LineChart {
    let names = FigureNames.of(material.policies.map(\.path))
    return .classSizes(zip(names, material.policies).map { ($0, $1.policy.partition) })
  }

  private static func entropy(_ histories: [RunHistory]) -> LineChart {
    let names = FigureNames.of(histories.map(\.path))
    return .entropy(
      zip(names, histories).map { name, history in
        let points = history.entries.map { LineChart.Point(step: $0.iteration, value: $0.entropy) }
        return (name, points)
      })
  }
}
