/// How a controller ends a run.
public struct RunEnding: Sendable, Hashable {
  /// Finished or failed.
  public var phase: RunPhase
  /// What people are told.
  public var message: String
  /// The submission that it is about; another one of the same name goes on. Nil: any.
  public var submission: String?

  /// An ending with the given parts.
  public init(_ phase: RunPhase, message: String, of submission: String? = nil) {
    precondition(phase == .finished || phase == .failed)
    self.phase = phase
    self.message = message
    self.submission = submission
  }
}
