/// How many evaluators a queue needs: the rule of `ops/kubernetes`' ScaledObject, for any fleet.
///
/// Wanted is ⌈(pending + leased) / tasks per evaluator⌉ within limits. More are wanted at once; fewer only
/// once no more was wanted for `patience` seconds, since both lists are empty for a moment between two
/// iterations.
public struct ScalingRule: Sendable {
  /// What the rule says, and why.
  public struct Decision: Sendable, Hashable {
    /// Evaluators that are to run.
    public var count: Int
    /// The reason, for people.
    public var reason: String
  }

  /// Fewest and most evaluators.
  public let limits: ClosedRange<Int>
  /// Tasks that are not done for each evaluator.
  public let tasksPerEvaluator: Int
  /// Seconds for which a larger number stays wanted.
  public let patience: Double

  private var wanted: [(time: Double, count: Int)] = []

  /// A rule with the given parts.
  public init(limits: ClosedRange<Int>, tasksPerEvaluator: Int, patience: Double) {
    self.limits = limits
    self.tasksPerEvaluator = tasksPerEvaluator
    self.patience = patience
  }

  /// How many evaluators are to run at `now`, where `running` do.
  ///
  /// - Parameters:
  ///   - pending: tasks that wait.
  ///   - leased: tasks in flight.
  ///   - running: evaluators that run.
  ///   - now: seconds of any clock that goes on.
  public mutating func decide(
    pending: Int, leased: Int, running: Int, at now: Double
  ) -> Decision {
    let work = pending + leased
    let need = (work + tasksPerEvaluator - 1) / tasksPerEvaluator
    let count = min(max(need, limits.lowerBound), limits.upperBound)
    wanted.removeAll { now - $0.time >= patience }
    wanted.append((now, count))
    let lately = wanted.max { $0.count < $1.count } ?? (now, count)
    let sum = "\(pending) pending + \(leased) leased want \(need) at \(tasksPerEvaluator) each"
    if count > running {
      let limit = need > limits.upperBound ? ", and \(limits.upperBound) is the most" : ""
      return Decision(count: count, reason: "\(sum)\(limit)")
    }
    guard count < running else { return Decision(count: running, reason: sum) }
    guard lately.count < running else {
      let since = Int((now - lately.time).rounded(.down))
      return Decision(
        count: running,
        reason: "\(sum), but \(lately.count) were wanted \(since) s ago: fewer only after "
          + "\(Int(patience)) s")
    }
    return Decision(
      count: lately.count,
      reason: "\(sum), and no more than \(lately.count) were wanted for \(Int(patience)) s")
  }
}
