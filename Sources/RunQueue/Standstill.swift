/// What became of a run that stood still between two looks.
public enum Standstill: Sendable, Hashable {
  /// It does not stand still: it is at another place than before.
  case moving(String)
  /// All that it waits for is pending, leased or announced.
  case whole
  /// So many tasks were neither pending, leased nor delivered, and are pending now.
  case issuedTasks(Int)
  /// The iteration is complete and was not announced to the aggregator; now it is.
  case announcedResult
  /// The iteration is reduced and was not announced to the controller; now it is.
  case announcedUpdate
}
