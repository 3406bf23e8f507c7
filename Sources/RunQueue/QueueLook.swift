/// What somebody who looks again has of a run.
public struct KnownRun: Sendable, Hashable {
  /// The run's name.
  public var name: String
  /// How it stood, as the queue wrote it.
  public var stamp: String
  /// Lines of its history that are known.
  public var lines: Int

  /// A known run with the given parts.
  public init(name: String, stamp: String, lines: Int) {
    self.name = name
    self.stamp = stamp
    self.lines = lines
  }
}

/// A queue at one moment.
public struct QueueLook: Sendable, Hashable {
  /// Lists, evaluators and who leads; a list that is damaged counts as empty.
  public var overview: QueueOverview
  /// The task that is claimed next, nil if none is pending.
  public var firstTask: String?
  /// Tasks in flight by the evaluator that holds them.
  public var busy: [String: Int]
  /// What the server tells of itself: no figures to a user who may not ask, nil where there is none.
  public var server: ServerFigures?
  /// The queue's own keys that hold what they should not, as the errors `damaged`.
  public var damage: [StoreError]
  /// All runs, by name.
  public var runs: [RunLook]

  /// A look with the given parts.
  public init(
    overview: QueueOverview, firstTask: String? = nil, busy: [String: Int] = [:],
    server: ServerFigures? = nil, damage: [StoreError] = [], runs: [RunLook] = []
  ) {
    self.overview = overview
    self.firstTask = firstTask
    self.busy = busy
    self.server = server
    self.damage = damage
    self.runs = runs
  }
}

/// What a server tells of its memory and its disk; nil where it does not.
public struct ServerFigures: Sendable, Hashable {
  /// Bytes in use.
  public var memoryUsed: Int?
  /// `maxmemory` in bytes, 0 where there is none.
  public var memoryLimit: Int?
  /// Whether it keeps an append-only file.
  public var keepsFile: Bool?
  /// Whether its last write to that file succeeded.
  public var lastWriteSucceeded: Bool?
  /// What puts runs at risk, each in a line with what to do.
  public var concerns: [String]

  /// Figures with the given parts.
  public init(
    memoryUsed: Int? = nil, memoryLimit: Int? = nil, keepsFile: Bool? = nil,
    lastWriteSucceeded: Bool? = nil, concerns: [String] = []
  ) {
    self.memoryUsed = memoryUsed
    self.memoryLimit = memoryLimit
    self.keepsFile = keepsFile
    self.lastWriteSucceeded = lastWriteSucceeded
    self.concerns = concerns
  }
}

/// A run at one moment.
public struct RunLook: Sendable, Hashable {
  /// The run's name as the queue lists it.
  public var name: String
  /// How it stands; the same text as long as nothing but the lines below changes.
  public var stamp: String
  /// Evaluations of the iteration in progress that have a result.
  public var delivered: Int
  /// Evaluations of that iteration that were queued again: leases lost, first failures doubted.
  public var retries: Int
  /// Lines of its history.
  public var lineCount: Int
  /// Those that were not known, as far as asked for.
  public var lines: [String]
  /// What stands in its keys; nil if it stands as it was known to.
  public var contents: Contents?

  /// What stands in a run's keys.
  public struct Contents: Sendable, Hashable {
    /// Configuration, state, last failure; of the checkpoint the policies `policy` and `finalist:0`.
    public var record: RunRecord
    /// The last line of its history, nil if it has none.
    public var lastLine: String?

    /// Contents with the given parts.
    public init(record: RunRecord, lastLine: String? = nil) {
      self.record = record
      self.lastLine = lastLine
    }
  }

  /// A look with the given parts.
  public init(
    name: String, stamp: String, delivered: Int = 0, retries: Int = 0, lineCount: Int = 0,
    lines: [String] = [], contents: Contents? = nil
  ) {
    self.name = name
    self.stamp = stamp
    self.delivered = delivered
    self.retries = retries
    self.lineCount = lineCount
    self.lines = lines
    self.contents = contents
  }
}
