import ChromaticPolicy
import Figures
import Foundation

/// Distances between the partitions of all pairs of at least two policies.
struct PartitionDistances: Encodable {
  var variationOfInformation: [[Double]]
  var randIndex: [[Double]]
  var adjustedRandIndex: [[Double]]
  private let paths: [String]

  private enum CodingKeys: String, CodingKey {
    case variationOfInformation, randIndex, adjustedRandIndex
  }

  /// Nil for fewer than two policies; throws for policies of different dimensions.
  init?(_ policies: [(path: String, policy: Policy)]) throws(CommandError) {
    guard policies.count > 1 else { return nil }
    let first = policies[0]
    if let other = policies.first(where: { $0.policy.architecture != first.policy.architecture }) {
      throw .data(
        "\(other.path) has layers \(other.policy.architecture.sizes), \(first.path) has "
          + "\(first.policy.architecture.sizes): only partitions of equal dimensions are compared")
    }
    let pairs = policies.map { one in
      policies.compactMap { PartitionDistance(one.policy.partition, $0.policy.partition) }
    }
    variationOfInformation = pairs.map { $0.map(\.variationOfInformation) }
    randIndex = pairs.map { $0.map(\.randIndex) }
    adjustedRandIndex = pairs.map { $0.map(\.adjustedRandIndex) }
    paths = policies.map(\.path)
  }

  /// Two tables.
  var lines: [String] {
    table("variation of information, nats", variationOfInformation) + [""]
      + table("adjusted Rand index", adjustedRandIndex)
  }

  private func table(_ title: String, _ values: [[Double]]) -> [String] {
    let heading = [title] + paths.indices.map { "\($0 + 1)" }
    let rows = zip(paths, values).enumerated().map { number, row in
      ["\(number + 1)  \(row.0)"] + row.1.map { String(format: "%.2f", $0) }
    }
    return TextTable.lines([heading] + rows)
  }

  var figure: DistanceMatrix {
    DistanceMatrix(
      title: "Variation of information (nats)", names: FigureNames.of(paths),
      values: variationOfInformation)
  }
}
