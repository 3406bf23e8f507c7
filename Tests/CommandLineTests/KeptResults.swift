import Foundation
import Testing

/// docs/results as tests read it: what runs returned, tables of pages, numbers as pages show them.
enum KeptResults {
  static let docs = URL(filePath: #filePath).appending(path: "../../../docs").standardized

  struct Judgement: Decodable {
    var episodes: Int
    var mean: Double
    var std: Double
  }

  /// What a policy returned over 100 episodes; `path` is its file's, below docs/results.
  static func judgement(of path: String) throws -> Judgement {
    let stem = path.replacing(/(\.policy)?\.json$/, with: "")
    let file = stem.hasPrefix("raw/") ? stem : "raw/\(stem)"
    let url = docs.appending(path: "results/\(file).evaluation.json")
    return try JSONDecoder().decode(Judgement.self, from: Data(contentsOf: url))
  }

  static func number(_ text: Substring) -> Double? {
    Double(text.replacing("−", with: "-").replacing(",", with: ""))
  }

  /// The first table below a heading of a page whose head has `column`: its head, then its rows, as trimmed
  /// cells, of which every row has as many.
  static func table(
    of page: String = "results/README.md", below heading: String? = nil, with column: String
  ) throws -> (head: [String], rows: [[String]]) {
    var text = try String(contentsOf: docs.appending(path: page).standardized, encoding: .utf8)
    if let heading {
      text = try #require(text.components(separatedBy: "\n## \(heading)").dropFirst().first)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("|") && $0.contains("| \(column) |") })
    let cells = lines[start...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(cells.allSatisfy { $0.count == cells[0].count }, "\(heading ?? page)")
    return (cells[0], Array(cells.dropFirst(2)))
  }

  /// A return as the page shows it: whole from a hundred on.
  static func shown(_ value: Double, wholeFrom bound: Double = 100) -> String {
    let digits = value.magnitude < bound ? 1 : 0
    let number = value.magnitude.formatted(
      .number.precision(.fractionLength(digits)).locale(Locale(identifier: "en_US")))
    return (value < 0 ? "−" : "") + number
  }

  /// Mean and deviation over seeds, as the page shows them.
  static func shown(meanOf values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.count > 1 else { return shown(mean) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot().rounded()
    return "\(shown(mean)) ± \(deviation.formatted(.number.locale(Locale(identifier: "en_US"))))"
  }

  /// The judged returns of an experiment's runs by environment and series, in the order of their seeds.
  static func values(
    of name: String = "return", in csv: String
  ) throws -> [[String]: [Double]] {
    let text = try String(contentsOf: docs.appending(path: "results/\(csv)"), encoding: .utf8)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let column = try #require(rows[0].firstIndex(of: name))
    return rows.dropFirst().reduce(into: [:]) { found, row in
      Double(row[column]).map { found[[row[0], row[1]], default: []].append($0) }
    }
  }

  /// Runs that a mean is of: their names below docs/results/raw but for the seed.
  struct Mean {
    var runs: String
    var seeds: Int

    var values: [Double] {
      get throws {
        try (0..<seeds).map { try KeptResults.judgement(of: "raw/\(runs)-s\($0).json").mean }
      }
    }
  }
}
