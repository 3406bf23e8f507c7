/// Why the bytes of a controller checkpoint were refused.
public struct CheckpointError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the bytes.
  public enum Code: String, Sendable, Hashable {
    /// The bytes do not start with the signature of this format and version.
    case notACheckpoint
    /// The checksum over all bytes does not match.
    case damaged
    /// The bytes end before a field does, or go on after the last one.
    case wrongLength
    /// A field holds a value that no controller can have.
    case invalidField
  }

  /// The kind of fault.
  public let code: Code
  /// What was expected and what was found.
  public let detail: String

  /// One line for an operator: the fault and the remedy.
  public var description: String {
    "controller checkpoint \(code.rawValue): \(detail); restore an earlier checkpoint of the run"
  }
}
