import RunQueue

/// How long the queue's lists were over the last hour.
public struct QueueDepth: Sendable, Hashable {
  /// The most there was within a few seconds.
  public struct Sample: Sendable, Hashable {
    /// When it began, in seconds since 1970.
    public var unix: Double
    /// Tasks waiting.
    public var pending: Int
    /// Tasks in flight.
    public var leased: Int
    /// Iterations waiting for the aggregator or the controller.
    public var iterations: Int
  }

  /// Seconds of a sample.
  public static let width = 10.0
  /// The most samples there are.
  public static let capacity = 360
  /// By time.
  public private(set) var samples: [Sample] = []

  /// Takes up what stands in the queue.
  mutating func note(_ overview: QueueOverview, at now: Moment) {
    let iterations = overview.results + overview.updates
    let start = (now.unix / Self.width).rounded(.down) * Self.width
    guard let last = samples.indices.last, samples[last].unix >= start else {
      samples.append(
        Sample(
          unix: start, pending: overview.pending, leased: overview.leased, iterations: iterations))
      if samples.count > Self.capacity { samples.removeFirst() }
      return
    }
    samples[last].pending = max(samples[last].pending, overview.pending)
    samples[last].leased = max(samples[last].leased, overview.leased)
    samples[last].iterations = max(samples[last].iterations, iterations)
  }
}
