import Foundation
import ReadableNumbers
import RunQueue
import Statistics

/// The results of an experiment as CSV, Markdown and figures.
struct ExperimentReport {
  let experiment: Experiment
  let results: [ExperimentResult]
  let scale: Double
  /// Flags of every run.
  let settings: [String]
  /// Runs whose policies would count and could not be played.
  let unjudged: [RunID]

  /// What is told of the policies that were judged.
  var statistics: ExperimentStatistics {
    ExperimentStatistics(experiment: experiment, results: results)
  }

  /// One line per run.
  var csv: String {
    let head =
      "environment,series,seed,finished,iterations,return,std,episodes,failed_episodes,best_mean,best_return,"
      + "last_third_gain,weights,parameters,compression,bits,environment_steps,paper_reward,paper_weights,scale"
    let lines = results.map { result -> String in
      let accounting = result.policy.accounting
      let evaluation = result.evaluation
      let paper = result.run.cell.paper
      return [
        result.run.cell.environmentName, result.run.cell.series, "\(result.run.seed)",
        "\(result.isFinished)", "\(result.history.count)", Self.text(evaluation?.mean),
        Self.text(evaluation?.std), "\(evaluation?.episodes ?? 0)",
        "\(evaluation?.failureCount ?? 0)", Self.text(result.bestMean),
        Self.text(result.bestReturn), Self.text(result.lastThirdGain), "\(accounting.weights)",
        "\(accounting.parameters)",
        "\(accounting.compression)", "\(accounting.bits)",
        "\(result.history.last?.environmentSteps ?? 0)", Self.text(paper?.reward),
        paper?.weights.map { "\($0)" } ?? "", "\(scale)",
      ].map(Self.field).joined(separator: ",")
    }
    return ([head] + lines).joined(separator: "\n") + "\n"
  }

  /// One line per cell, over its seeds, beside what the literature reports.
  var markdown: String {
    var lines = [
      "# \(experiment.title) (`chromatic experiment \(experiment.argument)`)", "", note, "",
      "| environment | | seeds | return | IQM | best mean | best return "
        + "| last third | weights | compression | bits | reported return | reported weights |",
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += experiment.cells.map(row)
    lines += ["", Self.legend, ""] + interruptions + failures + statistics.markdown
    lines += ["Every cell's run with seed 0; `--seed` makes the others.", "", "```"]
    lines += experiment.cells.map { cell in
      let flags = cell.flags(settings: settings, scale: scale)
      let words = (["submit", cell.environment] + flags).map(\.shellWord)
      return (["chromatic"] + words).joined(separator: " ")
    }
    return (lines + ["```", ""]).joined(separator: "\n")
  }

  private static let legend = """
    *Return*: mean and deviation over seeds of the policies' mean returns over fresh episodes, which \
    training and the choice of the policy never saw. *IQM*: their interquartile mean with its 95 % interval from \
    a bootstrap over seeds. *Best mean*: the highest mean of an iteration's perturbed evaluations. *Best return*: the \
    highest of any evaluation. *Last third*: how much of what the mean of the perturbed evaluations has gained \
    since the first iteration came between the last two sixths of the run; a curve that is flat has about 0 %. \
    The three are means over seeds. Where policies differ in weights \
    by their seeds, as masked ones do, the fewest and the most are shown.
    """

  /// A paragraph on runs that were judged before all their iterations; none where there are none.
  private var interruptions: [String] {
    let lines = results.filter(\.isInterrupted).map {
      "\($0.run.id.name) after \($0.history.count) of \($0.run.iterations) iterations"
    }
    return lines.isEmpty
      ? [] : ["Judged where they were interrupted: \(lines.joined(separator: ", ")).", ""]
  }

  /// A paragraph on policies that were not judged, or not by whole episodes; none where all is well.
  private var failures: [String] {
    let lines = results.compactMap { result -> String? in
      guard let evaluation = result.evaluation else {
        return unjudged.contains(result.run.id) ? "\(result.run.id.name) was not judged." : nil
      }
      guard evaluation.failureCount > 0, let worth = evaluation.failureReturn else { return nil }
      return "\(result.run.id.name): \(evaluation.failureCount) of \(evaluation.episodes) episodes "
        + "failed and count \(worth) each."
    }
    return lines.isEmpty ? [] : [lines.joined(separator: " "), ""]
  }

  /// What has been run, and by how much it was shortened.
  var note: String {
    shortNote + (settings.isEmpty ? "." : "; every run with \(settings.joined(separator: " ")).")
  }

  /// The note for where a line is all there is, without the settings.
  var shortNote: String {
    let iterations = results.map(\.history.count).max() ?? 0
    let finished = results.count(where: \.isFinished)
    let interrupted = results.count(where: \.isInterrupted)
    let shortened =
      scale == 1
      ? "Full scale"
      : "\(scale < 1 ? "Shortened" : "Lengthened"): scale \(scale) of \(experiment.iterationSpan) iterations"
    let runs = experiment.cells.map(\.seeds).reduce(0, +)
    return "\(shortened), \(experiment.seedSpan); \(finished) of \(runs) runs "
      + "finished\(interrupted == 0 ? "" : ", \(interrupted) judged where interrupted")"
      + "\(unjudged.isEmpty ? "" : ", \(unjudged.count) not judged"), at most \(iterations) iterations"
  }

  private func row(_ cell: ExperimentCell) -> String {
    let own = results.filter {
      $0.run.cell.label == cell.label && ($0.isFinished || $0.isInterrupted)
    }
    let accounting = own.map(\.policy.accounting)
    let returns = own.compactMap(\.evaluation?.mean)
    let cells: [String] = [
      cell.environmentName, cell.series, "\(own.count)", Self.spread(returns),
      statistics.estimate(of: cell)?.text ?? "–",
      Self.mean(own.compactMap(\.bestMean)), Self.mean(own.compactMap(\.bestReturn)),
      Sample.mean(own.compactMap(\.lastThirdGain)).map { "\(Int((100 * $0).rounded())) %" } ?? "–",
      Self.range(accounting.map(\.weights)) { "\($0)" },
      Self.range(accounting.map(\.compression)) { String(format: "%.0f %%", 100 * $0) },
      Self.range(accounting.map(\.bits)) { "\($0)" },
      cell.paper?.reward.map(Self.number) ?? "–",
      cell.paper?.weights.map { "\($0)" } ?? "–",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// A field of CSV, in quotes where it needs them.
  static func field(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  private static func text(_ value: Double?) -> String { value?.description ?? "" }

  private static func mean(_ values: [Double]) -> String {
    Sample.mean(values).map(number) ?? "–"
  }

  /// A return for people: whole from a hundred on.
  private static func number(_ value: Double) -> String {
    value.returnText(.plain, wholeFrom: 100)
  }

  /// The least and the most of some values; one where these read alike.
  private static func range<Value: Comparable>(
    _ values: [Value], _ text: (Value) -> String
  ) -> String {
    guard let least = values.min().map(text), let most = values.max().map(text) else { return "–" }
    return least == most ? least : "\(least) to \(most)"
  }

  private static func spread(_ values: [Double]) -> String {
    mean(values) + (Sample.deviation(values).map { " ± " + number($0) } ?? "")
  }
}
