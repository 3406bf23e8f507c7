/// A moment by which something must have happened.
struct Deadline: Sendable {
  /// How many seconds there were.
  let seconds: Double
  private let moment: ContinuousClock.Instant

  /// The moment `seconds` from now.
  init(seconds: Double) {
    self.seconds = seconds
    moment = .now + .seconds(seconds)
  }

  /// Whether the moment has passed.
  var isOver: Bool { ContinuousClock.now >= moment }

  /// Milliseconds until then, rounded up, for one wait of at most an hour; 0 if it has passed.
  var milliseconds: Int32 {
    let left = ContinuousClock.now.duration(to: moment) / .milliseconds(1)
    return Int32(min(max(0, left.rounded(.up)), 3_600_000))
  }
}
