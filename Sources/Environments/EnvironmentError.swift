/// Why an environment cannot be made or a replay cannot be run: one line that says what to do.
public struct EnvironmentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is, for exit codes.
  public enum Code: Sendable, Hashable {
    /// No environment has this id.
    case unknownEnvironment
    /// The environment has no such option, or the option has another kind of value.
    case invalidOption
    /// A task file cannot be read, or declares what no task has.
    case invalidDeclaration
    /// The files of an environment are others than those a run was made with.
    case otherFiles
    /// A model file is not where it should be.
    case missingAsset
    /// The loaded MuJoCo is not the one this program was built for.
    case wrongMuJoCoVersion
    /// A model cannot be loaded, or is not the one the task was written for.
    case invalidModel
    /// There is no Python, or it has no Gymnasium.
    case missingPython
    /// No policy fits the observations or actions of the environment.
    case unsupportedEnvironment
    /// An environment outside this program cannot be made.
    case brokenEnvironment
    /// A state or action that a replay was given does not fit the environment.
    case invalidReplay
  }

  /// What kind of mistake it is.
  public let code: Code
  /// One line: expected, found, what to do.
  public let description: String

  /// An error with the given one-line description.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
