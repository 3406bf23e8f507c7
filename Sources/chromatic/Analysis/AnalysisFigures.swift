import Figures
import Foundation

/// The figures that the arguments of `analyze` allow, by file name.
struct AnalysisFigures {
  private var files: [(name: String, svg: String)] = []

  /// Distances need two policies, class sizes one, entropy a history that knows it.
  init(_ material: AnalysisMaterial, _ distances: PartitionDistances?) {
    if let distances { files.append(("distances", distances.figure.svg)) }
    if !material.policies.isEmpty {
      files.append(("class-sizes", Self.classSizes(material).svg()))
    }
    let deciding = material.histories.filter { $0.entries.contains { $0.entropy != nil } }
    if !deciding.isEmpty { files.append(("entropy", Self.entropy(deciding).svg())) }
  }

  /// Writes them into `directory`, which is made if missing, each with a PDF beside it if `pdf`; returns
  /// their paths.
  func write(into directory: String, pdf: Bool) throws -> [String] {
    guard !files.isEmpty else {
      throw CommandError.usage(
        "--figures has nothing to draw: no history knows its controller's entropy")
    }
    try OutputFile.makeDirectory(directory)
    return try files.flatMap { name, svg in
      try FigureFile.write(svg, named: "\(directory)/\(name)", pdf: pdf)
    }
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
