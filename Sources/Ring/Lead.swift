/// The lead of a controller or aggregator, as its role knows it: a name to commit under.
///
/// What keeps a former leader from committing is the store; see `LeaderStore`.
public struct Lead: Sendable {
  /// The service's name in the queue.
  public let name: String
  /// Called when the store refused an effect, which another leader may be the reason of.
  public let doubt: @Sendable () -> Void

  /// The lead of the service `name`.
  public init(name: String, doubt: @escaping @Sendable () -> Void) {
    self.name = name
    self.doubt = doubt
  }
}
