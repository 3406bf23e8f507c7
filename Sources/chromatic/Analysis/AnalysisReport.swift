/// Everything `analyze` measures, for people and as JSON.
struct AnalysisReport: Encodable {
  var policies: [PolicyStructure]
  /// Nil for fewer than two policies.
  var distances: PartitionDistances?
  var histories: [HistoryAnalysis]

  init(_ material: AnalysisMaterial) throws(CommandError) {
    policies = material.policies.map { PolicyStructure($0.path, $0.policy) }
    distances = try PartitionDistances(material.policies)
    histories = material.histories.map(HistoryAnalysis.init)
  }

  /// Tables with a free line between them.
  var lines: [String] {
    let structures =
      policies.isEmpty ? [] : TextTable.lines([PolicyStructure.heading] + policies.map(\.row))
    let tables = [structures, distances?.lines ?? []] + histories.map(\.lines)
    return Array(tables.filter { !$0.isEmpty }.joined(separator: [""]))
  }
}
