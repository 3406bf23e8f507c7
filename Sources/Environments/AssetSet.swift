/// Model files that are installed together.
enum AssetSet: Sendable {
  /// Installed with everything else.
  case standard
  /// Installed on request only.
  case optional

  /// The command that installs them.
  var command: String {
    switch self {
    case .standard: "ops/bootstrap"
    case .optional: "make assets"
    }
  }

  /// What to do about a damaged one of them.
  var remedy: String { "run \(command) to restore it" }
}
