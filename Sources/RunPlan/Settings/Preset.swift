/// A name for values of several settings: `--preset`.
///
/// What is given beside it has priority; all other settings have their defaults.
public struct Preset: Sendable {
  /// The name after `--preset`.
  public let name: String
  /// What it is, in a few words.
  public let summary: String
  /// Flags and their values.
  public let values: [(flag: String, text: String)]

  /// Every preset, the default first.
  public static let all = [fast, paper]

  /// The preset of that name.
  public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

  /// What learns best: the defaults.
  static let fast = Preset(
    name: "fast", summary: "the defaults: free weights first, then their clusters", values: [])

  /// The algorithm of the paper: eq. 2 and 3, as far as it states them.
  static let paper = Preset(
    name: "paper",
    summary: "the paper's algorithm: a pointer network from a uniform start, forward differences",
    values: [
      ("controller", "pointer"), ("initial-concentration", "0"), ("controller-step", "0.1"),
      ("replay-weight", "0.02"), ("estimator", "forward"), ("perturbations", "285"),
      ("pivots", "16"), ("sigma", "0.1"), ("step-size", "0.03"),
    ])
}

extension RunSetting {
  static let preset: RunSetting = {
    let described = Preset.all.map { "\($0.name) (\($0.summary))" }
    return RunSetting(
      flag: "preset", field: nil,
      form: .value(placeholder: "name", words: Preset.all.map(\.name)),
      help: "Values of several settings under one name, which single flags override: "
        + described.joined(separator: ", ") + ".",
      expected: oneOf(Preset.all.map(\.name)), defaultInWords: Preset.fast.name,
      text: { _ in nil }, set: { Preset.named($1) != nil }, reset: { _ in })
  }()
}
