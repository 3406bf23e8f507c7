import ArgumentParser
import ChromaticPolicy
import Environments

struct EnvironmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environments",
    abstract: "Lists the environments and their sizes, or one environment's options.")

  @Argument(help: "An environment whose options to list.")
  var environment: String?

  @OptionGroup(title: "Environment") var settings: EnvironmentFlags

  func run() throws {
    guard let environment else {
      show(try EnvironmentCatalog.all())
      print(
        "gym:ID is any environment of Gymnasium's, gym:MODULE:ID one that your module registers;\n"
          + "mjcf:FILE is any MuJoCo model with a task file beside it")
      return
    }
    var configured = EnvironmentSettings(environment)
    try settings.apply(to: &configured)
    let description = try EnvironmentCatalog.description(of: configured)
    if configured != EnvironmentSettings(environment) {
      show([description])
      print("under \(configured)\n")
    }
    if let simulator = description.simulator {
      show([description])
      print("simulated by \(simulator); other options are the environment's own\n")
    }
    show(["option", "default"], description.options.map { [$0.name, $0.defaultValue] })
  }

  private func show(_ descriptions: [EnvironmentDescription]) {
    show(
      ["environment", "observation", "action", "horizon"],
      descriptions.map {
        [$0.id, String($0.observationSize), String($0.actionSize), String($0.horizon)]
      })
  }

  private func show(_ header: [String], _ rows: [[String]]) {
    TextTable.lines([header] + rows).forEach { print($0) }
  }
}
