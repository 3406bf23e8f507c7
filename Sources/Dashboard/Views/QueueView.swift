import RunQueue

/// `/api/queue`: what stands in the queue, who works on it, what is wrong.
public struct QueueView: Sendable, Hashable, Encodable {
  /// The queue's name.
  public var queue: String
  /// The server's URL without password.
  public var server: String
  /// `connecting` before the first look, else `up` or `down`.
  public var state: State
  /// Why the server is down, in one line.
  public var problem: String?
  /// Seconds since 1970 of the last look, nil before the first.
  public var time: Double?
  /// Seconds for which the server has been down.
  public var downSeconds: Double?
  /// Lengths of the queue's lists.
  public var counts: Counts?
  /// Who leads, by role.
  public var leaders: [String: Leader]
  /// The evaluators that are alive, by name.
  public var evaluators: [Evaluator]
  /// Those that ended without a word within the last five minutes, by name.
  public var silent: [Silent]
  /// What somebody should look after, each in a line.
  public var warnings: [String]
  /// What the server tells of itself.
  public var redis: Server?
  /// How long the lists were.
  public var depth: Depth

  /// Whether the server answers.
  public enum State: String, Sendable, Encodable {
    case connecting, up, down
  }

  /// Lengths of the queue's lists, and the age of the task that is claimed next.
  public struct Counts: Sendable, Hashable, Encodable {
    /// Tasks that wait for an evaluator.
    public var pending: Int
    /// Tasks in flight.
    public var leased: Int
    /// Tasks given up.
    public var dead: Int
    /// Iterations to reduce.
    public var results: Int
    /// Iterations to follow up.
    public var updates: Int
    /// Seconds for which the task that is claimed next has been seen.
    public var oldestTaskSeconds: Double?
  }

  /// A service that leads.
  public struct Leader: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// For how long it has been seen to lead.
    public var seconds: Double?
  }

  /// An evaluator that is alive.
  public struct Evaluator: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// Evaluations at a time.
    public var slots: Int?
    /// Tasks that it holds.
    public var busy: Int
    /// Evaluations since it began, however they ended.
    public var evaluations: Int?
    /// Those that failed.
    public var failed: Int?
    /// Over the last 20 seconds, nil while that is not known.
    public var evaluationsPerSecond: Double?
    /// Environment steps a second, likewise.
    public var stepsPerSecond: Double?
    /// Seconds since its last heartbeat.
    public var seenSeconds: Double
    /// Its version.
    public var version: String?
    /// Whether it begins nothing, since an operator wants it so.
    public var drained: Bool
    /// Runs that it cannot run, and why.
    public var cannotRun: [String: String]
  }

  /// An evaluator of which nothing was heard for more than ten seconds.
  public struct Silent: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// Seconds since its last heartbeat.
    public var seenSeconds: Double
  }

  /// Memory in bytes and the append-only file.
  public struct Server: Sendable, Hashable, Encodable {
    /// Bytes in use.
    public var memoryUsed: Int?
    /// `maxmemory` in bytes, 0 where there is none.
    public var memoryLimit: Int?
    /// Whether it keeps an append-only file.
    public var keepsFile: Bool?
    /// Whether its last write to that file succeeded.
    public var lastWriteSucceeded: Bool?
  }

  /// Columns of the same length, a row for each ten seconds in which somebody looked.
  public struct Depth: Sendable, Hashable, Encodable {
    /// Seconds since 1970.
    public var time: [Double]
    /// Tasks pending.
    public var pending: [Int]
    /// Tasks in flight.
    public var leased: [Int]
    /// Iterations to reduce or to follow up.
    public var iterations: [Int]
  }
}

extension QueueView {
  /// What `ledger` says at `now`.
  public init(_ ledger: QueueLedger, at now: Moment) {
    (queue, server) = (ledger.queue, ledger.server)
    state = ledger.outage != nil ? .down : ledger.look == nil ? .connecting : .up
    problem = ledger.outage?.problem
    downSeconds = ledger.outage.map { now.seconds - $0.since.seconds }
    time = ledger.lookedAt?.unix
    counts = ledger.look.map { Counts($0.overview, oldest: ledger.oldestTaskSeconds) }
    leaders = Dictionary(
      uniqueKeysWithValues: (ledger.look?.overview.leaders ?? [:]).map { role, name in
        (role.rawValue, Leader(name: name, seconds: ledger.leadSeconds(role)))
      })
    let alive = ledger.look?.overview.alive ?? []
    evaluators = alive.map { Evaluator($0, in: ledger) }
    silent = (ledger.look?.overview.evaluators ?? []).filter { !alive.contains($0) }
      .map { Silent(name: $0.name, seenSeconds: $0.age) }
    warnings = ledger.warnings
    redis = ledger.look?.server.map { Server($0) }
    let samples = ledger.depth.samples
    depth = Depth(
      time: samples.map(\.unix), pending: samples.map(\.pending), leased: samples.map(\.leased),
      iterations: samples.map(\.iterations))
  }
}

extension QueueView.Counts {
  init(_ overview: QueueOverview, oldest: Double?) {
    self.init(
      pending: overview.pending, leased: overview.leased, dead: overview.dead,
      results: overview.results, updates: overview.updates, oldestTaskSeconds: oldest)
  }
}

extension QueueView.Evaluator {
  init(_ evaluator: QueueOverview.Evaluator, in ledger: QueueLedger) {
    let pace = ledger.paces[evaluator.name]
    let status = pace?.status
    self.init(
      name: evaluator.name, slots: status?.slots, busy: ledger.look?.busy[evaluator.name] ?? 0,
      evaluations: status?.evaluations, failed: status?.failed,
      evaluationsPerSecond: pace?.evaluationsPerSecond, stepsPerSecond: pace?.stepsPerSecond,
      seenSeconds: evaluator.age, version: status?.version,
      drained: evaluator.isDrained, cannotRun: evaluator.cannotRun)
  }
}

extension QueueView.Server {
  init(_ figures: ServerFigures) {
    self.init(
      memoryUsed: figures.memoryUsed, memoryLimit: figures.memoryLimit,
      keepsFile: figures.keepsFile, lastWriteSucceeded: figures.lastWriteSucceeded)
  }
}
