import RunPlan

/// A history as comma-separated values, a line for each iteration; what is not known is empty.
public enum HistoryTable {
  private static let columns: [(name: String, value: @Sendable (HistoryEntry) -> String?)] = [
    ("iteration", { "\($0.iteration)" }),
    ("mean", { $0.mean.map { "\($0)" } }),
    ("std", { $0.std.map { "\($0)" } }),
    ("min", { $0.min.map { "\($0)" } }),
    ("max", { $0.max.map { "\($0)" } }),
    ("pivot", { $0.pivot.map { "\($0)" } }),
    ("proposal", { $0.proposal.map { "\($0)" } }),
    ("gradient_norm", { $0.gradientNorm.map { "\($0)" } }),
    ("parameter_norm", { "\($0.parameterNorm)" }),
    ("environment_steps", { "\($0.environmentSteps)" }),
    ("failed", { "\($0.failed)" }),
    ("failure_return", { $0.failureReturn.map { "\($0)" } }),
    ("search_step", { $0.searchStep ? "1" : "0" }),
    ("entropy", { $0.entropy.map { "\($0)" } }),
    ("classes_used", { $0.classesUsed.map { "\($0)" } }),
    ("divergence", { $0.divergence.map { "\($0)" } }),
    ("sparsity", { $0.sparsity.map { "\($0)" } }),
  ]

  /// The table's text with its header.
  public static func text(_ entries: [HistoryEntry]) -> String {
    let header = columns.map(\.name).joined(separator: ",")
    let rows = entries.map { entry in
      columns.map { $0.value(entry) ?? "" }.joined(separator: ",")
    }
    return ([header] + rows).map { $0 + "\n" }.joined()
  }
}
