import ChromaticPolicy

/// How the Python process of a Gymnasium environment is started, and how long it may take.
struct BridgeCommand: Sendable {
  /// What ids of Gymnasium's environments begin with here.
  static let scheme = "gym:"

  /// The environment's id with its scheme, for errors.
  let id: String
  let python: PythonInterpreter
  /// The script's arguments.
  let arguments: [String]
  /// Seconds for Python to start and make the environment.
  let startLimit: Double
  /// Seconds for a reset and for a step.
  let stepLimit: Double
  /// The options that are the bridge's own; every other one is a keyword of the environment.
  let options: [EnvironmentOption]

  /// The command for the environment that `settings` name.
  init(_ settings: EnvironmentSettings, python: PythonInterpreter) throws(EnvironmentError) {
    var options = EnvironmentOptions(settings)
    id = settings.id
    self.python = python
    startLimit = try options.seconds("start-limit", 60)
    stepLimit = try options.seconds("step-limit", 10)
    let wrappers = options.text(EnvironmentSettings.wrapperOption, "")
    let keywords = options.unread.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let name = String(settings.id.dropFirst(Self.scheme.count))
    arguments = [name, settings.horizon.map(String.init) ?? "", wrappers] + keywords
    self.options = options.known
  }

  /// A new process with its environment made.
  func start() throws(EnvironmentError) -> BridgeProcess {
    do throws(BridgeProblem) {
      return try BridgeProcess(self)
    } catch {
      throw EnvironmentError(error.code, "\(id): \(error.reason)")
    }
  }
}
