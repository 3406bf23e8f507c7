/// How far a run is, as one moment's figures.
public struct TrainingProgress: Sendable, Hashable {
  /// The run's name.
  public var runName: String
  /// Gymnasium's id of the environment.
  public var environment: String
  /// Iterations finished, which is also the number, from 0, of the one in progress.
  public var iteration = 0
  /// Iterations in all.
  public var iterations: Int
  /// Whether it has come to its end before the last of them.
  public var isStopped = false
  /// Evaluations done of the iteration in progress, 0 to 1.
  public var fractionOfIteration = 0.0
  /// Mean return of the last finished iteration.
  public var meanReturn: Double?
  /// Greatest return of the last finished iteration.
  public var maxReturn: Double?
  /// Return of the controller's proposal, weights unperturbed.
  public var proposalReturn: Double?
  /// Evaluations of the last iteration that failed and are no part of its returns.
  public var failedEvaluations = 0
  /// Mean returns of the finished iterations, iteration 0 first; nil where unknown.
  public var meanReturns: [Double?] = []
  /// Iterations with a search step, ascending, numbered from 0.
  public var searchSteps: [Int] = []
  /// Environment steps per second, over all evaluators.
  public var environmentStepsPerSecond = 0.0
  /// Evaluators with a recent heartbeat.
  public var evaluatorsAlive = 0
  /// Tasks that wait for an evaluator.
  public var pendingTasks = 0
  /// Tasks that an evaluator holds.
  public var leasedTasks = 0
  /// Seconds since the run began.
  public var secondsElapsed = 0.0
  /// Seconds to its end, nil if unknown.
  public var secondsLeft: Double?
  /// What a person should know or do, nil if all is well.
  public var warning: String?

  /// The start of a run of `iterations` iterations.
  public init(runName: String, environment: String, iterations: Int) {
    self.runName = runName
    self.environment = environment
    self.iterations = iterations
  }

  /// The latest iteration with a search step.
  public var lastSearchStep: Int? { searchSteps.last }

  /// Whether no iteration is to come.
  public var isFinished: Bool { isStopped || iteration >= iterations }

  /// The finished part of the whole run, 0 to 1.
  public var fraction: Double {
    guard iterations > 0, !isStopped else { return 1 }
    let inIteration = fractionOfIteration.isFinite ? min(max(fractionOfIteration, 0), 1) : 0
    return min(max((Double(iteration) + inIteration) / Double(iterations), 0), 1)
  }

  /// Whether at most one finished iteration went without a search step.
  var searchesEveryIteration: Bool {
    searchSteps.count > 2 && Set(searchSteps).count + 1 >= iteration
  }
}
