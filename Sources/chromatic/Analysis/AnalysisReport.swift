/// Everything `analyze` measures, for people and as JSON.
struct AnalysisReport: Encodable {
  var policies: [PolicyStructure]
  /// Nil for fewer than two policies, and for those that cannot be compared.
  var distances: PartitionDistances?
  /// Why two or more policies are not compared.
  var notCompared: String?
  var histories: [HistoryAnalysis]

  init(_ material: AnalysisMaterial) {
    policies = material.policies.map { PolicyStructure($0.path, $0.policy) }
    do {
      distances = try PartitionDistances(material.policies)
    } catch {
      notCompared = error.description
    }
    histories = material.histories.map(HistoryAnalysis.init)
  }

  /// Tables with a free line between them.
  var lines: [String] {
    let structures =
      policies.isEmpty ? [] : TextTable.lines([PolicyStructure.heading] + policies.map(\.row))
    let untold = notCompared.map { ["not compared: \($0)"] } ?? []
    let tables = [structures, distances?.lines ?? untold] + histories.map(\.lines)
    return Array(tables.filter { !$0.isEmpty }.joined(separator: [""]))
  }
}
