import RunPlan

/// A run's history in a bounded number of samples, each of as many iterations.
///
/// A function of the entries alone, in whatever portions they come. Samples keep what averages hide: the
/// lowest and highest return, how many evaluations failed, whether the controller took a step.
public struct CurveSamples: Sendable, Hashable {
  /// Neighbouring iterations together.
  public struct Sample: Sendable, Hashable {
    /// The first iteration.
    public var first: Int
    /// The last iteration.
    public var last: Int
    /// Mean return of the perturbed policies.
    public var mean: Average
    /// The lowest of mean less standard deviation.
    public var low: Double?
    /// The highest of mean plus standard deviation.
    public var high: Double?
    /// The largest return of any evaluation.
    public var best: Double?
    /// Return of the partition that the controller proposes.
    public var proposal: Average
    /// The controller's entropy per edge, in nats.
    public var entropy: Average
    /// Failed evaluations.
    public var failed: Int
    /// Iterations that began with a search step.
    public var searchSteps: Int

    init(_ entry: HistoryEntry) {
      (first, last) = (entry.iteration, entry.iteration)
      mean = Average(entry.mean)
      low = entry.mean.flatMap { mean in entry.std.map { mean - $0 } }
      high = entry.mean.flatMap { mean in entry.std.map { mean + $0 } }
      best = entry.max
      proposal = Average(entry.proposal)
      entropy = Average(entry.entropy)
      failed = entry.failed
      searchSteps = entry.searchStep ? 1 : 0
    }

    mutating func add(_ other: Sample) {
      last = other.last
      mean.add(other.mean)
      low = [low, other.low].compactMap(\.self).min()
      high = [high, other.high].compactMap(\.self).max()
      best = [best, other.best].compactMap(\.self).max()
      proposal.add(other.proposal)
      entropy.add(other.entropy)
      failed += other.failed
      searchSteps += other.searchSteps
    }
  }

  /// The mean of what is known.
  public struct Average: Sendable, Hashable {
    private var sum = 0.0
    private var count = 0

    init(_ value: Double?) {
      guard let value else { return }
      (sum, count) = (value, 1)
    }

    mutating func add(_ other: Average) {
      sum += other.sum
      count += other.count
    }

    /// The mean, nil of nothing.
    public var value: Double? { count > 0 ? sum / Double(count) : nil }
  }

  /// The most samples there are.
  public static let capacity = 600
  /// Iterations of a sample, a power of two.
  public private(set) var width = 1
  /// By ascending iteration.
  public private(set) var samples: [Sample] = []

  /// No iterations yet.
  public init() {}

  /// Takes up the next iteration; one that is not past all others is left out.
  public mutating func append(_ entry: HistoryEntry) {
    let sample = Sample(entry)
    guard let last = samples.last else { return samples.append(sample) }
    guard entry.iteration > last.last else { return }
    if entry.iteration / width == last.first / width {
      samples[samples.count - 1].add(sample)
    } else if samples.count < Self.capacity {
      samples.append(sample)
    } else {
      widen()
      append(entry)
    }
  }

  private mutating func widen() {
    width *= 2
    let former = samples
    samples = []
    for sample in former {
      if let last = samples.last, last.first / width == sample.first / width {
        samples[samples.count - 1].add(sample)
      } else {
        samples.append(sample)
      }
    }
  }
}
