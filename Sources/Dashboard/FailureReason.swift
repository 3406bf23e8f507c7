/// Why evaluations fail, as few kinds as a metric's label may have.
public enum FailureReason: String, Sendable, CaseIterable, Codable {
  /// Its lease ended too often: evaluators died or hung over it.
  case lost
  /// The simulation gave a number that is not finite.
  case notFinite = "not-finite"
  /// What came as its result was no result.
  case malformed
  /// The environment, or the machine it ran on, said no.
  case environment

  /// The kind of a failure that was recorded with `text`.
  public init(_ text: String) {
    let text = text.lowercased()
    self =
      if text.hasPrefix("lost ") {
        .lost
      } else if text.hasSuffix("is malformed") {
        .malformed
      } else if text.contains("finite") || text.contains("nan") {
        .notFinite
      } else {
        .environment
      }
  }
}
