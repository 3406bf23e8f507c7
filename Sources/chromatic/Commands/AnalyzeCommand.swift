import ArgumentParser
import ChromaticPolicy
import Figures
import Foundation
import RunProtocol

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Measures the structure of policies and how far their partitions are apart.",
    discussion: """
      For each policy the displacement rank of its matrices (at most 2 if they were Toeplitz) and the \
      sizes of its classes; for policies of equal dimensions the variation of information between \
      their partitions (0: equal) and the adjusted Rand index (1: equal, about 0: unrelated).
      """)

  @Argument(help: "Policy files.", completion: .file(extensions: ["json"]))
  var policies: [String]

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write the variation of information between the policies as a picture.",
      valueName: "file.svg"), completion: .file(extensions: ["svg"]))
  var svg: String?

  func run() throws {
    let read = try policies.map { (path: $0, policy: try PolicyReader.read($0)) }
    let structures = read.map { Structure($0.path, $0.policy) }
    let distances = try Distances(read)
    if let svg {
      guard let distances else {
        throw InvalidSetting("--svg draws distances between policies: give at least two")
      }
      try OutputFile.write(Data(distances.figure.svg.utf8), to: svg)
    }
    if json {
      print(try EvaluateCommand.text(Report(policies: structures, distances: distances)))
      return
    }
    TextTable.lines([Structure.heading] + structures.map(\.row)).forEach { print($0) }
    if let distances { distances.lines.forEach { print($0) } }
  }

  private struct Report: Encodable {
    var policies: [Structure]
    var distances: Distances?
  }
}

/// What is measured of one policy.
private struct Structure: Encodable {
  var policy: String
  var policyClass: PolicyClass
  var architecture: String
  var weights: Int
  var displacementRanks: [Int]
  var classSizes: [Int]

  static let heading = [
    "policy", "class", "layers", "weights", "displacement ranks", "edges per class",
  ]

  init(_ path: String, _ policy: Policy) {
    self.policy = path
    policyClass = policy.policyClass
    architecture = policy.architecture.sizes
    weights = policy.accounting.weights
    displacementRanks = policy.denseMatrices.map { DisplacementRank.of($0) }
    classSizes = policy.partition.classSizes
  }

  var row: [String] {
    let sizes = classSizes.sorted(by: >)
    return [
      policy, policyClass.rawValue, architecture, "\(weights)",
      displacementRanks.map(String.init).joined(separator: ", "),
      "\(sizes.last ?? 0) to \(sizes.first ?? 0)",
    ]
  }
}

/// Distances between all pairs of at least two policies.
private struct Distances: Encodable {
  var variationOfInformation: [[Double]]
  var randIndex: [[Double]]
  var adjustedRandIndex: [[Double]]
  private let names: [String]

  private enum CodingKeys: String, CodingKey {
    case variationOfInformation, randIndex, adjustedRandIndex
  }

  /// Nil for a single policy; throws for policies of different dimensions.
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
    names = policies.map(\.path)
  }

  var lines: [String] {
    table("variation of information, nats", variationOfInformation)
      + table("adjusted Rand index", adjustedRandIndex)
  }

  private func table(_ title: String, _ values: [[Double]]) -> [String] {
    let heading = [title] + names.indices.map { "\($0 + 1)" }
    let rows = zip(names, values).enumerated().map { number, row in
      ["\(number + 1)  \(row.0)"] + row.1.map { String(format: "%.2f", $0) }
    }
    return [""] + TextTable.lines([heading] + rows)
  }

  var figure: DistanceMatrix {
    DistanceMatrix(
      title: "Variation of information (nats)",
      names: names.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent },
      values: variationOfInformation)
  }
}
