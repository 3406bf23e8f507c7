import RunQueue

/// What is known of a queue after some looks; everything that is shown is computed from it.
public struct QueueLedger: Sendable {
  /// The queue's name.
  public let queue: String
  /// The server's URL without password.
  public let server: String
  /// The last look that succeeded.
  public private(set) var look: QueueLook?
  /// When that was.
  public private(set) var lookedAt: Moment?
  /// What keeps the next one from succeeding.
  public private(set) var outage: Outage?
  /// All runs by name.
  public private(set) var runs: [String: RunLedger] = [:]
  /// How long the lists were.
  public private(set) var depth = QueueDepth()
  /// What the evaluators' heartbeats say, by name.
  public private(set) var paces: [String: EvaluatorPace] = [:]
  /// What is missing for the queue to go on, by two looks.
  public private(set) var alarms: [QueueAlarms.Alarm] = []

  private var suspected: (alarms: QueueAlarms, since: Moment)?
  private var firstTask: (name: String, since: Moment)?
  private var leads: [LeaderRole: (name: String, since: Moment)] = [:]

  /// A server that cannot be asked.
  public struct Outage: Sendable, Hashable {
    /// Since when.
    public var since: Moment
    /// Why, in one line.
    public var problem: String
  }

  /// Nothing is known yet of `queue` on `server`.
  public init(queue: String, server: String) {
    self.queue = queue
    self.server = server
  }

  /// Takes up a look.
  public mutating func fold(_ look: QueueLook, at now: Moment) {
    (self.look, lookedAt, outage) = (look, now, nil)
    let overview = look.overview
    for run in look.runs {
      if runs[run.name] == nil {
        runs[run.name] = RunLedger(run, at: now)
      } else {
        runs[run.name]?.fold(run, at: now)
      }
    }
    let names = Set(look.runs.map(\.name))
    runs = runs.filter { names.contains($0.key) }
    depth.note(overview, at: now)
    let evaluators = Set(overview.evaluators.map(\.name))
    paces = paces.filter { evaluators.contains($0.key) }
    for evaluator in overview.evaluators {
      paces[evaluator.name, default: EvaluatorPace()].note(evaluator, at: now)
    }
    firstTask = look.firstTask.map { name in
      firstTask?.name == name ? firstTask ?? (name, now) : (name, now)
    }
    for role in LeaderRole.allCases {
      guard let name = overview.leaders[role] else { leads[role] = nil; continue }
      if leads[role]?.name != name { leads[role] = (name, now) }
    }
    confirm(QueueAlarms(overview, isBusy: isBusy), at: now)
  }

  /// The server could not be asked, for the reason in one line.
  public mutating func fail(_ problem: String, at now: Moment) {
    outage = Outage(since: outage?.since ?? now, problem: problem)
  }

  /// A lead that is just changing hands is no alarm at the second look.
  private mutating func confirm(_ found: QueueAlarms, at now: Moment) {
    guard let suspected, now.seconds - suspected.since.seconds >= QueueAlarms.pause else {
      alarms = alarms.filter(found.alarms.contains)
      if suspected == nil { suspected = (found, now) }
      return
    }
    alarms = suspected.alarms.confirmed(by: found).alarms
    self.suspected = (found, now)
  }

  /// Whether another look, `QueueAlarms.pause` later, may raise an alarm that this one only suspects.
  public var isSuspicious: Bool { suspected?.alarms.alarms.isEmpty == false }

  /// Whether a run is submitted or running.
  public var isBusy: Bool {
    runs.values.contains { run in
      guard let phase = try? run.standing.get().phase else { return false }
      return phase == .running || phase == .submitted
    }
  }

  /// Seconds for which the task that is claimed next has been seen; nil if none is pending.
  public var oldestTaskSeconds: Double? {
    firstTask.flatMap { first in lookedAt.map { $0.seconds - first.since.seconds } }
  }

  /// Seconds for which the leader in a role has been seen to lead; nil if none does.
  public func leadSeconds(_ role: LeaderRole) -> Double? {
    leads[role].flatMap { lead in lookedAt.map { $0.seconds - lead.since.seconds } }
  }

  /// Whether history is still to be read.
  public var isBehind: Bool { runs.values.contains { $0.backlog > 0 } }

  /// What the next look need not tell again; `wanted` runs first, then those that go on.
  public func known(wanted: [String] = []) -> [KnownRun] {
    func rank(_ run: RunLedger) -> Int { wanted.contains(run.name) ? 0 : run.isOver ? 2 : 1 }
    return runs.values.map { (rank($0), $0.known) }
      .sorted { ($0.0, $0.1.name) < ($1.0, $1.1.name) }.map(\.1)
  }
}
