/// What somebody has to start so that a queue's runs go on.
public struct QueueAlarms: Sendable, Hashable {
  /// What is missing.
  public enum Alarm: Sendable, Hashable, CaseIterable {
    /// Runs go on and no evaluator is alive.
    case noEvaluator
    /// Runs go on and all evaluators that are alive are drained.
    case allDrained
    /// Iterations wait for a controller and none leads.
    case noController
    /// Iterations wait for an aggregator and none leads.
    case noAggregator
  }

  /// What is missing, in the order of the cases.
  public var alarms: [Alarm]

  /// What is missing by one look.
  ///
  /// It goes by leads and heartbeats, never by how long a list is: a message that waits is work that
  /// somebody does who leads, however long it takes.
  ///
  /// - Parameters:
  ///   - overview: what stands in the queue.
  ///   - isBusy: whether a run is submitted or running.
  public init(_ overview: QueueOverview, isBusy: Bool) {
    alarms = Alarm.allCases.filter { alarm in
      switch alarm {
      case .noEvaluator: isBusy && overview.alive.isEmpty
      case .allDrained: isBusy && !overview.alive.isEmpty && overview.atWork.isEmpty
      case .noController: overview.updates > 0 && overview.leaders[.controller] == nil
      case .noAggregator: overview.results > 0 && overview.leaders[.aggregator] == nil
      }
    }
  }

  /// Seconds after which a second look confirms the first: a standby asks for a lead that is free four
  /// times a second.
  public static let pause = 1.0

  /// What is still missing by a second look.
  public func confirmed(by second: QueueAlarms) -> QueueAlarms {
    var confirmed = self
    confirmed.alarms = alarms.filter(second.alarms.contains)
    return confirmed
  }
}
