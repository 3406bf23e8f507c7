import Foundation

/// What stands in a queue.
public struct QueueOverview: Sendable, Hashable {
  /// An evaluator as its last heartbeat described it.
  public struct Evaluator: Sendable, Hashable {
    /// Its name, unique in the queue.
    public var name: String
    /// The JSON object it sent.
    public var status: String
    /// Seconds between then and now, by the store's clock; where that has gone back, a heartbeat is of
    /// the future and as far off as one of the past.
    public var age: Double

    /// Runs that it says it cannot run, by name, and why; empty where its status is no such JSON.
    public var cannotRun: [String: String] { contents?.cannotRun ?? [:] }

    /// Whether it says that it begins nothing, since an operator wants it so.
    public var isDrained: Bool { contents?.drained ?? false }

    private var contents: Status? {
      try? JSONDecoder().decode(Status.self, from: Data(status.utf8))
    }

    /// The part of a status that the queue reads.
    private struct Status: Decodable {
      var cannotRun: [String: String]?
      var drained: Bool?
    }

    /// An evaluator with the given parts.
    public init(name: String, status: String, age: Double) {
      self.name = name
      self.status = status
      self.age = age
    }
  }

  /// Seconds of silence after which an evaluator is no longer listed.
  public static let forgetsEvaluatorAfter = 300

  /// Tasks waiting for an evaluator.
  public var pending: Int
  /// Tasks in flight.
  public var leased: Int
  /// Iterations waiting for the aggregator.
  public var results: Int
  /// Iterations waiting for the controller.
  public var updates: Int
  /// Tasks given up.
  public var dead: Int
  /// Evaluators whose heartbeat the store still has, by name.
  public var evaluators: [Evaluator]

  /// The names of the services that lead, where one does.
  public var leaders: [LeaderRole: String]

  /// An overview with the given parts.
  public init(
    pending: Int, leased: Int, results: Int, updates: Int, dead: Int, evaluators: [Evaluator],
    leaders: [LeaderRole: String] = [:]
  ) {
    self.leaders = leaders
    self.pending = pending
    self.leased = leased
    self.results = results
    self.updates = updates
    self.dead = dead
    self.evaluators = evaluators
  }
}
extension QueueOverview {
  /// Seconds without a heartbeat after which an evaluator counts as gone.
  public static let evaluatorTimeout = 10.0

  /// The evaluators that sent a heartbeat lately.
  public var alive: [Evaluator] { evaluators.filter { $0.age < Self.evaluatorTimeout } }

  /// Those of them that are not drained.
  public var atWork: [Evaluator] { alive.filter { !$0.isDrained } }

  /// Whether tasks wait and nobody is there to do them.
  public var isStarved: Bool { pending > 0 && atWork.isEmpty }
}
