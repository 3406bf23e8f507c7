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
    var pending: Int
    var leased: Int
    var dead: Int
    var results: Int
    var updates: Int
    var oldestTaskSeconds: Double?
  }

  /// A service that leads.
  public struct Leader: Sendable, Hashable, Encodable {
    var name: String
    /// For how long it has been seen to lead.
    var seconds: Double?
  }

  /// An evaluator that is alive.
  public struct Evaluator: Sendable, Hashable, Encodable {
    var name: String
    var slots: Int?
    var busy: Int
    var evaluations: Int?
    var failed: Int?
    var evaluationsPerSecond: Double?
    var stepsPerSecond: Double?
    var seenSeconds: Double
    var version: String?
    /// Runs that it cannot run, and why.
    var cannotRun: [String: String]
  }

  /// Memory in bytes and the append-only file.
  public struct Server: Sendable, Hashable, Encodable {
    var memoryUsed: Int?
    var memoryLimit: Int?
    var keepsFile: Bool?
    var lastWriteSucceeded: Bool?
  }

  /// Columns of the same length, a row for each ten seconds in which somebody looked.
  public struct Depth: Sendable, Hashable, Encodable {
    var time: [Double]
    var pending: [Int]
    var leased: [Int]
    var iterations: [Int]
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
    evaluators = (ledger.look?.overview.alive ?? []).map { Evaluator($0, in: ledger) }
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
      seenSeconds: evaluator.age, version: status?.version, cannotRun: evaluator.cannotRun)
  }
}

extension QueueView.Server {
  init(_ figures: ServerFigures) {
    self.init(
      memoryUsed: figures.memoryUsed, memoryLimit: figures.memoryLimit,
      keepsFile: figures.keepsFile, lastWriteSucceeded: figures.lastWriteSucceeded)
  }
}

extension QueueLedger {
  /// What somebody should look after, each in a line with what to do.
  var warnings: [String] {
    guard let look else { return [] }
    let missing = alarms.map { alarm in
      switch alarm {
      case .noEvaluator:
        "No evaluator is connected, \(look.overview.pending) tasks wait: start chromatic-evaluator"
      case .noController: "Iterations wait and no controller leads: start chromatic-controller"
      case .noAggregator: "Iterations wait and no aggregator leads: start chromatic-aggregator"
      }
    }
    let refused = look.overview.alive.flatMap { evaluator in
      evaluator.cannotRun.sorted { $0.key < $1.key }
        .map { "\(evaluator.name) cannot run \($0.key): \($0.value)" }
    }
    let dead =
      look.overview.dead > 0
      ? ["\(look.overview.dead) tasks were given up: 'chromatic dead' lists them"] : []
    return missing + refused + dead + look.damage.map { "\($0)" } + (look.server?.concerns ?? [])
  }
}
