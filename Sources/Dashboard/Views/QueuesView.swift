import RunQueue

/// `chromatic queues --json`: the queues of a server, by name.
public struct QueuesView: Sendable, Hashable, Encodable {
  /// The server's URL without password.
  public var server: String
  /// Whether these are all queues, or those alone that were asked for.
  public var complete: Bool
  /// A row each.
  public var queues: [Row]

  /// A queue in one row; absent what is not known.
  public struct Row: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// Why it cannot be read.
    public var problem: String?
    /// Tasks that wait for an evaluator.
    public var pending: Int?
    /// Tasks in flight.
    public var leased: Int?
    /// Tasks given up.
    public var dead: Int?
    /// Iterations to reduce or to follow up.
    public var iterations: Int?
    /// Evaluators that are alive.
    public var evaluators: Int?
    /// Runs that are not over.
    public var going: Int?
    /// All runs.
    public var runs: Int?

    /// A queue as it stands.
    public init(_ name: String, _ overview: QueueOverview, phases: some Collection<RunPhase>) {
      self.name = name
      (pending, leased, dead) = (overview.pending, overview.leased, overview.dead)
      iterations = overview.results + overview.updates
      evaluators = overview.alive.count
      going = phases.count { !$0.isOver }
      runs = phases.count
    }

    /// A queue that cannot be read.
    public init(_ name: String, problem: String) {
      self.name = name
      self.problem = problem
    }
  }

  /// The queues in `rows`.
  public init(server: String, complete: Bool, queues: [Row]) {
    self.server = server
    self.complete = complete
    self.queues = queues
  }
}
