extension PolicyClass {
  /// A flag that names policy classes.
  public enum Flag: String, Sendable, CaseIterable {
    /// Chromatic policies and their baselines.
    case policy = "--policy"
    /// What the controller decides.
    case searchSpace = "--search-space"
  }

  /// A flag with the word after it that names a class.
  public struct Argument: Sendable, Hashable, CustomStringConvertible {
    /// The flag.
    public let flag: Flag
    /// The word, as the flag's other words one of its own.
    public let word: String

    init(_ flag: Flag, _ word: String) {
      self.flag = flag
      self.word = word
    }

    /// As on the command line.
    public var description: String { "\(flag.rawValue) \(word)" }
  }

  /// The word after `flag` that names the class, nil if none does.
  public func word(after flag: Flag) -> String? { arguments.first { $0.flag == flag }?.word }

  /// The usual way to ask for the class on the command line.
  public var argument: String { arguments.first?.description ?? rawValue }
}
