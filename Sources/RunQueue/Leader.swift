/// A service of which one works on a queue while others of its kind stand by.
public enum LeaderRole: String, Sendable, CaseIterable {
  /// It proposes partitions and begins iterations.
  case controller
  /// It reduces an iteration's results.
  case aggregator
}

/// Who leads in a role, and for how long.
public struct Leader: Sendable, Hashable {
  /// The service's name, unique among those of its kind.
  public var name: String
  /// Seconds until another service may take the lead, unless this one renews it.
  public var seconds: Double

  /// A leader with the given parts.
  public init(name: String, seconds: Double) {
    self.name = name
    self.seconds = seconds
  }
}

/// Effects of a caller that needs no lead: a test, or a ring that has one service of each kind.
extension AggregatorStore {
  /// `commit(_:of:by:)` whoever leads.
  public func commit(_ reduction: Reduction, of iteration: IterationID) throws(StoreError) -> Bool {
    try commit(reduction, of: iteration, by: nil)
  }
}

/// Effects of a caller that needs no lead; see `AggregatorStore`.
extension ControllerStore {
  /// `publish(_:after:by:)` whoever leads.
  public func publish(
    _ publication: Publication, after update: IterationID
  ) throws(StoreError) -> Bool {
    try publish(publication, after: update, by: nil)
  }

  /// `end(_:as:by:)` of any submission.
  public func end(
    _ update: IterationID, phase: RunPhase, message: String
  ) throws(StoreError) -> Bool {
    try end(update, as: RunEnding(phase, message: message), by: nil)
  }
}
