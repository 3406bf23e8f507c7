/// All that fixes how a run goes on: its hashes, its history and the results of its iteration.
///
/// Leases are no part of it: what is in flight has no result yet and is evaluated again.
public struct RunSnapshot: Sendable, Hashable, Codable {
  /// The run's name where the snapshot was taken.
  public var name: String
  /// Every hash by its key's last part.
  public var hashes: [String: Fields]
  /// Results of the iteration in progress, by index.
  public var returns: [Int: String]
  /// One line of JSON per iteration.
  public var history: [String]

  /// A snapshot with the given parts.
  public init(name: String, hashes: [RunHash: Fields], returns: [Int: String], history: [String]) {
    self.name = name
    self.hashes = Dictionary(uniqueKeysWithValues: hashes.map { ($0.key.rawValue, $0.value) })
    self.returns = returns
    self.history = history
  }

  /// The fields of one hash.
  public func fields(_ hash: RunHash) -> Fields { hashes[hash.rawValue] ?? [:] }
}

extension RunSnapshot {
  /// Where the run stood.
  public struct Position: Sendable, Hashable {
    /// Its phase.
    public var phase: RunPhase
    /// The iteration in progress or reduced last, −1 before the first.
    public var iteration: Int
    /// Evaluations of the iteration in progress, 0 between iterations.
    public var expected: Int

    /// A position with the given parts.
    public init(phase: RunPhase, iteration: Int, expected: Int) {
      self.phase = phase
      self.iteration = iteration
      self.expected = expected
    }
  }

  /// Where the run stood, as its state says it.
  public func position() throws(DamagedFields) -> Position {
    let state = fields(.state)
    guard let phase = RunPhase(rawValue: try state.text("phase")) else {
      throw DamagedFields(field: "phase", reason: "is '\(try state.text("phase"))'")
    }
    let position = Position(
      phase: phase, iteration: try state.integer("iteration", in: -1...Int(UInt32.max) - 1),
      expected: try state.integer("expected", in: 0...QueueLimits.evaluations))
    guard returns.keys.allSatisfy((0..<position.expected).contains) else {
      throw DamagedFields(field: "returns", reason: "have an index that is not expected")
    }
    return position
  }

  /// The state with which a run named `run` goes on.
  public func state(of run: RunID) -> Fields {
    var state = fields(.state)
    if let parked = state["parked"], let space = parked.lastIndex(of: " ") {
      state["parked"] = run.name + parked[space...]
    }
    return state
  }
}

extension RunSnapshot {
  /// Where the run stood; throws what a store says of a snapshot that it does not take.
  public func checked(_ limits: QueueLimits) throws(StoreError) -> Position {
    try limits.check(config: fields(.config))
    do {
      return try position()
    } catch {
      throw .damaged(key: "the snapshot of run \(name)", reason: "\(error)")
    }
  }
}
