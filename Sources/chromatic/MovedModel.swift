import ArgumentParser
import ChromaticPolicy

/// Where the model of a policy lies now.
struct MovedModel: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the MJCF model of an mjcf: policy lies now, its task file beside it; contents have to be those "
        + "it was trained with.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var model: String?

  /// Lets `environment`, which the policy in the file at `path` acts in, find its model.
  func apply(to environment: inout EnvironmentSettings, of path: String) throws(CommandError) {
    guard let model else { return }
    let scheme = "mjcf:"
    guard environment.id.hasPrefix(scheme) else {
      throw .usage(
        "--model \(model): \(path) acts in \(environment.id), expected a policy of an mjcf: environment"
      )
    }
    environment.id = scheme + model
  }
}
