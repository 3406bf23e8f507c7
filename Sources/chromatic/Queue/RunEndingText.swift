import Dashboard
import ReadableNumbers
import RunPlan

extension EarlyStop {
  /// What happened, as `at iteration 41 of 100: return 4,812.3 ≥ 4,800.0`.
  ///
  /// - Parameter planned: iterations that the run was to have.
  func text(planned: Int) -> String { Self.text(iterations, planned, mean, goal) }

  fileprivate static func text(
    _ iterations: Int, _ planned: Int, _ mean: Double, _ goal: Double
  ) -> String {
    "at iteration \(iterations.grouped) of \(planned.grouped): "
      + "return \(mean.returnText()) ≥ \(goal.returnText())"
  }
}

extension RunsView.Row {
  /// Why the run ended or waits; empty where it goes on, or went to its last iteration.
  var ending: String {
    if let stopped, let iteration, let iterations {
      return "stopped " + EarlyStop.text(iteration, iterations, stopped.mean, stopped.goal)
    }
    return phase == "finished" ? "" : message ?? ""
  }
}
