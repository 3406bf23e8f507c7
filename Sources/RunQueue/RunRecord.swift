/// What a queue knows of one of its runs, read together with all others.
public struct RunRecord: Sendable, Hashable {
  /// The run's name as the queue lists it; nobody can call it by a name that is no `RunID`.
  public var name: String
  /// Its configuration.
  public var config: Fields
  /// Where it stands.
  public var state: Fields
  /// Why the last of its failed evaluations failed, nil if none has.
  public var lastFailure: String?
  /// The fields of its checkpoint that were asked for, nil where absent.
  public var checkpoint: [String?]
  /// The first of its keys that holds what it should not, as the error `damaged`.
  public var damage: StoreError?

  /// A record with the given parts.
  public init(
    name: String, config: Fields = [:], state: Fields = [:], lastFailure: String? = nil,
    checkpoint: [String?] = [], damage: StoreError? = nil
  ) {
    self.name = name
    self.config = config
    self.state = state
    self.lastFailure = lastFailure
    self.checkpoint = checkpoint
    self.damage = damage
  }
}
