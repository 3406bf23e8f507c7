import Foundation
import RunPlan

/// When the iterations of a run ended, in wall-clock time: what `timing.csv` holds.
///
/// A run's history is the same bytes on every machine, so that time has a file of its own. The time
/// between sessions does not count.
struct TimingLog: Equatable {
  /// One iteration.
  struct Row: Equatable {
    var iteration: Int
    /// Seconds of training by its end.
    var seconds: Double
    /// Evaluations per second since the end before.
    var evaluations: Double
    /// Environment steps per second since the end before.
    var environmentSteps: Double
  }

  static let heading = "iteration,seconds,evaluations_per_second,environment_steps_per_second"

  private(set) var rows: [Row] = []
  private var lastMoment: Double

  /// The log that a file's `text` holds, of sessions before one that begins now; lines that are none are left
  /// out.
  init(_ text: String = "", now: Double = TimingLog.now) {
    lastMoment = now
    rows = text.split(separator: "\n").dropFirst().compactMap { line in
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 4, let iteration = Int(exactly: numbers[0]) else { return nil }
      return Row(
        iteration: iteration, seconds: numbers[1], evaluations: numbers[2],
        environmentSteps: numbers[3])
    }
  }

  /// Notes iterations that have ended since the last note, each of so many `evaluations`; several share the
  /// time evenly.
  ///
  /// - Parameter former: the entry before them, nil for the run's first.
  mutating func note(
    _ entries: [HistoryEntry], after former: HistoryEntry?, evaluations: Int,
    now: Double = TimingLog.now
  ) {
    guard !entries.isEmpty else { return }
    let seconds = max((now - lastMoment) / Double(entries.count), 1e-6)
    var steps = former?.environmentSteps ?? 0
    for entry in entries {
      rows.append(
        Row(
          iteration: entry.iteration, seconds: (rows.last?.seconds ?? 0) + seconds,
          evaluations: Double(evaluations) / seconds,
          environmentSteps: Double(entry.environmentSteps - steps) / seconds))
      steps = entry.environmentSteps
    }
    lastMoment = now
  }

  /// The file.
  var text: String {
    let lines = rows.map { row in
      ([Double(row.iteration), row.seconds, row.evaluations, row.environmentSteps]).enumerated()
        .map { $0 == 0 ? "\(row.iteration)" : String(format: $0 == 1 ? "%.3f" : "%.1f", $1) }
        .joined(separator: ",")
    }
    return ([Self.heading] + lines).joined(separator: "\n") + "\n"
  }

  /// Seconds of a clock that only moves forward.
  static var now: Double { ProcessInfo.processInfo.systemUptime }
}
