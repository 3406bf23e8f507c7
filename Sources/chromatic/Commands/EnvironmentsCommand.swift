import ArgumentParser
import ChromaticPolicy
import Environments
import RunPlan

struct EnvironmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environments",
    abstract: "Lists the environments and their sizes, or one environment's options, or checks it.",
    discussion: """
      With --check the environment is made and stepped under random actions for some seconds. Each line is ok, \
      a note or a problem, with what to do; a problem ends with exit code 65.
      """)

  @Argument(help: "An environment whose options to list.")
  var environment: String?

  @Flag(
    help: "Step it: sizes, ends, rewards, whether a seed repeats an episode, what training costs.")
  var check = false

  @Flag(help: "With --check: print one JSON object, see docs/schemas/environment-check.json.")
  var json = false

  @OptionGroup(title: "Environment") var settings: EnvironmentFlags

  func run() throws {
    guard check || !json else { throw InvalidSetting("--json is for --check: give both") }
    guard let environment else {
      guard !check else { throw InvalidSetting("--check needs an environment: name one") }
      if let flag = settings.values.first?.setting.flag {
        throw InvalidSetting("--\(flag) needs an environment: name one")
      }
      show(try EnvironmentCatalog.all())
      print(
        "gym:ID is any environment of Gymnasium's, gym:MODULE:ID one that your module registers;\n"
          + "mjcf:FILE is any MuJoCo model with a task file beside it")
      return
    }
    var configured = EnvironmentSettings(environment)
    try settings.apply(to: &configured)
    if check { return try report(configured) }
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

  private func report(_ configured: EnvironmentSettings) throws {
    let report = try EnvironmentReport(configured)
    if json {
      try JSONOutput.print(report)
    } else {
      print(configured)
      report.lines.forEach { print($0) }
    }
    guard report.usable else {
      throw CommandError.data(
        "\(configured.id) cannot be trained on as it is: the problem is above")
    }
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
