import Foundation

/// Where ops/bootstrap and make assets install the simulators' model files.
enum AssetDirectory {
  /// `CHROMATIC_ASSETS`, else `share/chromatic/assets` under `CHROMATIC_PREFIX` or /usr/local.
  static func path(environment: [String: String]) -> String {
    environment["CHROMATIC_ASSETS"]
      ?? (environment["CHROMATIC_PREFIX"] ?? "/usr/local") + "/share/chromatic/assets"
  }

  /// The path of the readable model file `name`, one of `assets`.
  static func file(
    _ name: String, of assets: AssetSet = .standard,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(EnvironmentError) -> String {
    let directory = path(environment: environment)
    let file = "\(directory)/\(name)"
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw EnvironmentError(
        .missingAsset,
        "no model file \(name) in \(directory): run \(assets.command), which installs it, "
          + "or set CHROMATIC_ASSETS to the directory that has it")
    }
    return file
  }
}

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
