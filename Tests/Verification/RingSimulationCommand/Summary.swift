import Foundation
import RingSimulation

/// What befell all schedules together.
struct Summary {
  private var schedules = 0
  private var calls = 0
  private var events = 0
  private var givenUp = 0
  private var longest = 0.0
  private var faults: [Fault: Int] = [:]
  /// The schedules in which something did not hold.
  private(set) var failures: [ScheduleReport] = []

  mutating func add(_ report: ScheduleReport) {
    schedules += 1
    calls += report.calls
    events += report.events
    givenUp += report.givenUp
    longest = max(longest, report.seconds)
    faults.merge(report.faults, uniquingKeysWith: +)
    if !report.violations.isEmpty { failures.append(report) }
  }

  /// The summary as a table.
  func table(elapsed: Duration) -> String {
    var rows = [("schedules", "\(schedules)"), ("  failed", "\(failures.count)")]
    rows.append(("calls to the store", "\(calls)"))
    rows.append(("faults", "\(faults.values.reduce(0, +))"))
    for fault in Fault.allCases { rows.append(("  \(fault.rawValue)", "\(faults[fault] ?? 0)")) }
    rows.append(("evaluations given up", "\(givenUp)"))
    rows.append(("longest schedule, virtual s", String(format: "%.0f", longest)))
    rows.append(("seconds", String(format: "%.1f", elapsed / .seconds(1))))
    return rows.map { name, value in
      name.padding(toLength: 42, withPad: " ", startingAt: 0) + value
    }.joined(separator: "\n")
  }
}
