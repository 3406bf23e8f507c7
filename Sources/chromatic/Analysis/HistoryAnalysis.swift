import Foundation
import RunPlan
import ReadableNumbers

/// How a run went and how its controller came to a decision.
struct HistoryAnalysis: Encodable {
  var history: String
  /// The first entropy that is known, nats per edge; nil if none is.
  var startingEntropy: Double?
  /// The first iteration whose entropy is below half of that.
  var halfEntropyIteration: Int?
  var entries: [HistoryEntry]

  /// Iterations that are shown to people.
  private static let mostRows = 8

  init(_ history: RunHistory) {
    self.history = history.path
    entries = history.entries
    let start = entries.lazy.compactMap(\.entropy).first
    startingEntropy = start
    halfEntropyIteration = start.flatMap { start in
      entries.first { ($0.entropy ?? .infinity) < start / 2 }?.iteration
    }
  }

  /// A table over time, and where the entropy had halved.
  var lines: [String] {
    let heading = ["iteration", "entropy, nats", "classes used", "KL, nats", "mean", "proposal"]
    let rows = shown.map { entry in
      [
        "\(entry.iteration)", Self.text(entry.entropy, decimals: 2),
        Self.text(entry.classesUsed, decimals: 1), Self.text(entry.divergence, decimals: 3),
        entry.mean?.returnText(.plain) ?? "–", entry.proposal?.returnText(.plain) ?? "–",
      ]
    }
    return [history] + TextTable.lines([heading] + rows) + [decline]
  }

  /// Entries evenly spread, the first and the last among them.
  private var shown: [HistoryEntry] {
    let count = min(entries.count, Self.mostRows)
    return (0..<count).map { entries[$0 * (entries.count - 1) / max(1, count - 1)] }
  }

  private var decline: String {
    guard let startingEntropy else { return "entropy is not known: no search step was taken" }
    let half = "half of its start, \(Self.text(startingEntropy, decimals: 2)) nats per edge"
    return halfEntropyIteration.map { "entropy first fell below \(half), at iteration \($0)" }
      ?? "entropy did not fall below \(half)"
  }

  private static func text(_ value: Double?, decimals: Int) -> String {
    value.map { String(format: "%.\(decimals)f", $0) } ?? "–"
  }
}
