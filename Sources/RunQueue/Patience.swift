/// How long a caller puts up with errors of the moment; the same for services and tools.
///
/// A server that never answered may be a mistake in the URL, and a refusal is one; a server that has
/// answered is expected back, and one that took the caller's calls may be reloading its users.
public struct Patience: Sendable, Hashable {
  /// Seconds for a server that has not answered yet.
  public var untilAnswer: Double
  /// Seconds for a server that has.
  public var afterAnswer: Double
  /// Whether a server that refuses writes is waited for, too.
  public var awaitsWrites: Bool
  /// Seconds for which refusals are borne where the same caller was served before.
  public var afterRefusal = 60.0

  private var backOff = BackOff(first: 0.1, longest: 2)
  private var hasAnswered = false
  private var hasServed = false
  private var since: Double?
  /// Tries in a row that failed.
  public private(set) var failures = 0

  /// A patience with the given parts.
  public init(untilAnswer: Double, afterAnswer: Double, awaitsWrites: Bool) {
    self.untilAnswer = untilAnswer
    self.afterAnswer = afterAnswer
    self.awaitsWrites = awaitsWrites
  }

  /// A service's: whatever is of the moment, without end.
  public static let service = Patience(
    untilAnswer: .infinity, afterAnswer: .infinity, awaitsWrites: true)
  /// That of a tool that follows runs: without end, once the server has answered.
  public static let following = Patience(
    untilAnswer: 10, afterAnswer: .infinity, awaitsWrites: true)
  /// That of a tool with one request, which says at once that nothing can be written.
  public static let request = Patience(untilAnswer: 10, afterAnswer: 60, awaitsWrites: false)

  /// A call succeeded.
  public mutating func served() {
    (hasAnswered, hasServed) = (true, true)
    (since, failures) = (nil, 0)
  }

  /// Seconds until the call is worth another try; nil if it is not.
  ///
  /// - Parameters:
  ///   - now: the moment, in seconds of any clock that goes on.
  ///   - jitter: a uniform random number in 0..<1.
  public mutating func delay(
    after error: StoreError, at now: Double, jitter: Double
  ) -> Double? {
    let limit: Double
    switch error {
    case .unreachable: limit = hasAnswered ? afterAnswer : untilAnswer
    case .notReady:
      hasAnswered = true
      limit = afterAnswer
    case .cannotWrite: limit = awaitsWrites ? afterAnswer : 0
    case .refused: limit = hasServed ? afterRefusal : 0
    default: limit = 0
    }
    let start = since ?? now
    since = start
    guard now - start < limit else { return nil }
    failures += 1
    return backOff.delay(afterFailures: failures, jitter: jitter)
  }
}
