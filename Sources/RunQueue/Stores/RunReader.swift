/// The fields of one hash, as text.
public typealias Fields = [String: String]

/// The hashes that belong to one run.
public enum RunHash: String, Sendable, CaseIterable {
  /// The run's configuration, written once.
  case config
  /// Phase, iteration in progress, number of evaluations it expects, message.
  case state
  /// Shared weights, biases, observation statistics at the start of the iteration in progress.
  case weights
  /// The batch of partitions in use and the rewards they have reached.
  case partitions
  /// Controller parameters θ, best policies so far.
  case checkpoint
}

/// What every role reads of a run.
public protocol RunReader: Sendable {
  /// All fields of one of the run's hashes; empty if it does not exist.
  func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields
  /// The named fields of one of the run's hashes, nil where absent.
  func fields(_ names: [String], in hash: RunHash, of run: RunID) throws(StoreError) -> [String?]
}

/// What roles that look at many runs read.
public protocol RunLister: RunReader {
  /// All runs of the queue and their phases, but for those whose entry is damaged; see `records`.
  func runs() throws(StoreError) -> [RunID: RunPhase]
}
