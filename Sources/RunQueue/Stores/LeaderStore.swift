/// What controllers and aggregators ask of the queue so that one of each kind works.
public protocol LeaderStore: Sendable {
  /// Gives `name` the lead in a role for `seconds`, or more time in it, unless another one holds it;
  /// returns who leads now.
  func lead(_ role: LeaderRole, as name: String, lease seconds: Double) throws(StoreError) -> Leader
  /// Gives the lead back at once; no effect unless `name` leads.
  func resign(_ role: LeaderRole, as name: String) throws(StoreError)
}
