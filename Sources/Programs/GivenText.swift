import RunPlan

/// What a flag gives, else a variable of the process; an error about it names the one it came from.
public struct GivenText: Sendable, Hashable {
  /// The value as it was written.
  public let text: String
  /// The flag or variable that gave it.
  public let source: String

  /// The value of `flag`, else of `variable`; nil where neither gives one. An empty variable gives none.
  public init?(
    _ flag: String, _ value: String?, else variable: String,
    in environment: [String: String] = QueueOptions.environment
  ) {
    if let value {
      (text, source) = (value, flag)
    } else if let value = environment[variable], !value.isEmpty {
      (text, source) = (value, variable)
    } else {
      return nil
    }
  }

  /// The error that the value is not what was expected.
  public func invalid(_ expected: String) -> InvalidSetting {
    InvalidSetting(source, is: Double(text) == nil ? "'\(text)'" : text, expected: expected)
  }
}
