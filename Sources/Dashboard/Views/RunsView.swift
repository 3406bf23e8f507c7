import ChromaticPolicy
import RunPlan
import RunQueue

/// `/api/runs`: all runs, by name.
public struct RunsView: Sendable, Hashable, Encodable {
  /// A row each.
  public var runs: [Row]

  /// What `ledger` says.
  public init(_ ledger: QueueLedger) {
    runs = ledger.runs.values.sorted { $0.name < $1.name }.map { Row($0, in: ledger) }
  }

  /// A run in one row; nil what is not known.
  public struct Row: Sendable, Hashable, Encodable {
    /// The run's name.
    public var name: String
    /// Where it stands, `damaged` where its keys hold what they should not.
    public var phase: String
    /// What is wrong with a damaged run.
    public var problem: String?
    /// Why it ended or waits.
    public var message: String?
    /// Whether no evaluator is alive that can run it.
    public var starved: Bool
    /// The environment's name.
    public var environment: String?
    /// Sizes of the layers, such as `17-41-6`.
    public var architecture: String?
    /// What fixes which edges share a weight.
    public var policyClass: String?
    /// What proposes partitions.
    public var controller: String?
    /// Weights that are shared.
    public var classes: Int?
    /// Iterations done.
    public var iteration: Int?
    /// Iterations in all.
    public var iterations: Int?
    /// Iterations that are still to be done, while nobody ends the run.
    public var iterationsLeft: Int?
    /// Its end at a return before the last iteration.
    public var stopped: Stop?
    /// Seconds that an iteration takes at present.
    public var secondsPerIteration: Double?
    /// Mean return of the perturbed policies in the last iteration.
    public var mean: Double?
    /// Mean return of the best policy so far.
    public var best: Double?
    /// Standard deviation of the returns behind that.
    public var bestDeviation: Double?
    /// Bits that the best policy takes.
    public var bits: Int?
    /// Failed evaluations, once all history was read.
    public var failed: Int?
    /// Why the last failed evaluation failed.
    public var lastFailure: String?

    /// An end at a return.
    public struct Stop: Sendable, Hashable, Encodable {
      /// The mean return that was reached.
      public var mean: Double
      /// The return at which the run was to end.
      public var goal: Double
    }

    init(_ run: RunLedger, in ledger: QueueLedger) {
      name = run.name
      starved = ledger.isStarved(run)
      lastFailure = run.lastFailure
      mean = run.newest?.mean
      best = run.policy?.evaluation?.mean
      bestDeviation = run.policy?.evaluation?.std
      bits = run.policy?.accounting.bits
      secondsPerIteration = run.iterationSeconds
      failed = run.isComplete ? run.failures.values.reduce(0, +) : nil
      problem = run.policyProblem
      if problem == nil, run.damagedLines > 0 {
        problem = "\(run.damagedLines) lines of its history are damaged"
      }
      switch run.standing {
      case .success(let standing):
        phase = standing.phase.rawValue
        message = standing.message.isEmpty ? nil : standing.message
        let configuration = standing.configuration
        environment = configuration.environment.id
        architecture = configuration.architecture.sizes
        policyClass = configuration.policyClass.rawValue
        controller = configuration.controller.rawValue
        classes = configuration.partitions
        iteration = standing.iterationsDone
        iterations = configuration.iterations
        iterationsLeft = standing.iterationsLeft
        stopped = standing.stop.map { Stop(mean: $0.mean, goal: $0.goal) }
      case .failure(let damage):
        phase = "damaged"
        problem = damage.description
      }
    }
  }
}
