/// What an episode counts that could not be simulated to its end.
///
/// Left out of a mean, failures would lift it wherever what fails would have done badly, and a search would
/// climb towards them.
public enum FailureReturn {
  /// The worth of a failed episode beside `finished` returns of the same evaluation: `given`, else the
  /// least of them less their range, so that no failure is ever better than not to fail; less the magnitude
  /// of that return, or 1, where all are equal. Nil where nothing is given and nothing was finished.
  public static func worth(beside finished: [Double], given: Double? = nil) -> Double? {
    if let given { return given }
    guard let least = finished.min(), let most = finished.max() else { return nil }
    if most > least { return least - (most - least) }
    return least - (least == 0 ? 1 : least.magnitude)
  }
}

extension Policy.Evaluation {
  /// The summary of `returns`, nil standing for an episode that failed and counting as
  /// `FailureReturn.worth` says; nil if that is unknown or there are no returns.
  public init?(returns: [Double?], failureReturn given: Double?) {
    guard let worth = FailureReturn.worth(beside: returns.compactMap(\.self), given: given) else {
      return nil
    }
    self.init(returns: returns, worth: worth)
  }

  /// The summary of `returns`, of which those that are nil failed and count `worth` each.
  public init?(returns: [Double?], worth: Double?) {
    let failed = returns.count { $0 == nil }
    guard failed == 0 || worth != nil else { return nil }
    self.init(returns: returns.map { $0 ?? worth ?? 0 })
    guard failed > 0 else { return }
    self.failed = failed
    failureReturn = worth
  }

  /// Episodes that failed, 0 where the field is absent.
  public var failureCount: Int { failed ?? 0 }

  /// Whether it is better than `other`: fewer failures among as many episodes come first, then the higher
  /// `score`.
  public func isBetter(than other: Self, by score: (Self) -> Double) -> Bool {
    failureCount != other.failureCount
      ? failureCount < other.failureCount : score(self) > score(other)
  }
}
