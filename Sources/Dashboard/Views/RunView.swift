import ChromaticPolicy
import RunPlan
import RunQueue

/// `/api/runs/RUN`: a run with its learning curve.
public struct RunView: Sendable, Hashable, Encodable {
  /// The run as in the list of all.
  public var run: RunsView.Row
  /// Evaluations with a result, failed ones included.
  public var evaluations: Int?
  /// Evaluations that were queued again, as far as they were seen.
  public var retries: Int
  /// Failed evaluations by kind, once all history was read.
  public var failures: [String: Int]?
  /// Environment steps of the run so far.
  public var environmentSteps: Int?
  /// The best policy so far, nil before the first iteration is done.
  public var policy: PolicyView?
  /// Whether an episode of the best policy can be filmed, as far as whoever serves the view knows.
  public var film = false
  /// Settings by the flags that set them.
  public var settings: [String: String]
  /// The history in samples.
  public var curve: Curve

  /// What a policy is and costs.
  public struct PolicyView: Sendable, Hashable, Encodable {
    var iteration: Int
    var mean: Double?
    var std: Double?
    var min: Double?
    var max: Double?
    var episodes: Int?
    var failed: Int?
    var weights: Int
    var parameters: Int
    var bits: Int
    /// Share of the dense policy's parameters that are gone.
    var compression: Double
    var edges: Int

    init(_ policy: Policy) {
      let (accounting, evaluation) = (policy.accounting, policy.evaluation)
      iteration = policy.training.iteration
      (mean, std) = (evaluation?.mean, evaluation?.std)
      (min, max) = (evaluation?.min, evaluation?.max)
      (episodes, failed) = (evaluation?.episodes, evaluation?.failed)
      (weights, parameters, bits) = (accounting.weights, accounting.parameters, accounting.bits)
      compression = accounting.compression
      edges = policy.partition.edgeCount
    }
  }

  /// Columns of the same length, a row for each `width` iterations; nil where nothing is known.
  public struct Curve: Sendable, Hashable, Encodable {
    /// Iterations of a sample.
    var width: Int
    /// Whether all of the history is in it.
    var complete: Bool
    /// The last iteration of the sample.
    var iteration: [Int]
    /// Mean return of the perturbed policies.
    var mean: [Float?]
    /// The lowest of mean less standard deviation.
    var low: [Float?]
    /// The highest of mean plus standard deviation.
    var high: [Float?]
    /// The largest return of any evaluation.
    var best: [Float?]
    /// Return of the partition that the controller proposes.
    var proposal: [Float?]
    /// The controller's entropy per edge, in nats.
    var entropy: [Float?]
    /// Failed evaluations.
    var failed: [Int]
    /// Iterations that began with a search step.
    var searchSteps: [Int]

    init(_ run: RunLedger) {
      let samples = run.curve.samples
      (width, complete) = (run.curve.width, run.isComplete)
      iteration = samples.map(\.last)
      mean = samples.map { $0.mean.value.flatMap(\.shortened) }
      low = samples.map { $0.low.flatMap(\.shortened) }
      high = samples.map { $0.high.flatMap(\.shortened) }
      best = samples.map { $0.best.flatMap(\.shortened) }
      proposal = samples.map { $0.proposal.value.flatMap(\.shortened) }
      entropy = samples.map { $0.entropy.value.flatMap(\.shortened) }
      failed = samples.map(\.failed)
      searchSteps = samples.map(\.searchSteps)
    }
  }

  /// What `ledger` says of the run called `name`; nil if there is none.
  public init?(_ name: String, in ledger: QueueLedger) {
    guard let run = ledger.runs[name] else { return nil }
    self.run = RunsView.Row(run, in: ledger)
    evaluations = run.evaluations
    retries = run.retries
    failures =
      run.isComplete
      ? Dictionary(uniqueKeysWithValues: run.failures.map { ($0.key.rawValue, $0.value) }) : nil
    environmentSteps = run.newest?.environmentSteps
    policy = run.policy.map { PolicyView($0) }
    settings = (try? run.standing.get()).map { Self.settings($0.configuration) } ?? [:]
    curve = Curve(run)
  }

  /// Settings whose values fit into a row of a table.
  private static func settings(_ configuration: RunConfiguration) -> [String: String] {
    configuration.fields.filter { !$0.value.isEmpty && $0.value.count <= 60 }
  }
}

extension Double {
  /// The number with the seven digits of a `Float`, more than a screen shows; nil beyond its range.
  fileprivate var shortened: Float? {
    let short = Float(self)
    return short.isFinite ? short : nil
  }
}
