/// What one queue takes; more is refused in one line, long before the server is full.
public struct QueueLimits: Sendable, Hashable {
  /// Evaluations of one iteration: its tasks and results stand in the server's memory at once.
  public static let evaluations = 100_000

  /// Runs that are not over; each waits for its turn behind all others.
  public var runsInProgress: Int
  /// All runs that the queue still knows.
  public var runsKept: Int
  /// Bytes of one result; an observation of 20,000 components fits.
  public var resultBytes: Int
  /// Bytes of all settings of a run.
  public var configurationBytes: Int
  /// Bytes of all fields of one publication or reduction, which one script writes.
  public var effectBytes: Int
  /// The share of the server's memory that runs may fill.
  public var memoryShare: Double

  /// Limits with the given parts.
  public init(
    runsInProgress: Int = 100, runsKept: Int = 1000, resultBytes: Int = 1 << 20,
    configurationBytes: Int = 1 << 18, effectBytes: Int = 64 << 20, memoryShare: Double = 0.8
  ) {
    self.runsInProgress = runsInProgress
    self.runsKept = runsKept
    self.resultBytes = resultBytes
    self.configurationBytes = configurationBytes
    self.effectBytes = effectBytes
    self.memoryShare = memoryShare
  }
}

extension QueueLimits {
  /// The result as it is recorded: one that is too large is a failed evaluation.
  public func recorded(_ result: String) -> String {
    let count = result.utf8.count
    guard count > resultBytes else { return result }
    return "failed the result has \(count) bytes, at most \(resultBytes) are taken"
  }

  /// Throws `overLimit` for a configuration that is too large.
  public func check(config: Fields) throws(StoreError) {
    guard config.byteCount > configurationBytes else { return }
    throw .overLimit(
      "the configuration has \(config.byteCount) bytes, at most \(configurationBytes) are taken: "
        + "shorten its options")
  }

  /// Throws `overLimit` for effects of a publication or reduction that are too large together.
  public func check(effects: [Fields?], of iteration: IterationID) throws(StoreError) {
    let count = effects.reduce(0) { $0 + ($1?.byteCount ?? 0) }
    guard count > effectBytes else { return }
    throw .overLimit(
      "the fields written with \(iteration) have \(count) bytes, at most \(effectBytes) are taken: "
        + "use fewer --perturbations or a smaller policy")
  }

  /// Why no further run is taken, or nil if one is.
  func refusal(inProgress: Int, kept: Int) -> StoreError? {
    if inProgress >= runsInProgress { return .tooManyRuns(inProgress: inProgress) }
    if kept >= runsKept { return .tooManyRuns(kept: kept) }
    return nil
  }
}

extension StoreError {
  /// The queue has as many runs that are not over as it takes.
  public static func tooManyRuns(inProgress count: Int) -> StoreError {
    .overLimit(
      "\(count) runs of this queue are not over, it takes no more: wait for one to end, end one with "
        + "'chromatic cancel RUN', or use another --queue")
  }

  /// The queue knows as many runs as it keeps.
  public static func tooManyRuns(kept count: Int) -> StoreError {
    .overLimit(
      "this queue keeps \(count) runs and takes no more: fetch what you need, then remove runs that "
        + "are over with 'chromatic forget RUN'")
  }
}

extension Fields {
  /// Bytes of all names and values.
  var byteCount: Int { reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } }
}
