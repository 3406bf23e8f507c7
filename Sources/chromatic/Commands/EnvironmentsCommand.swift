import ArgumentParser
import Environments

struct EnvironmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environments", abstract: "Lists the environments and their sizes.")

  func run() throws {
    let rows = EnvironmentCatalog.all.map {
      [$0.id, String($0.observationSize), String($0.actionSize), String($0.horizon)]
    }
    TextTable.lines([["environment", "observation", "action", "horizon"]] + rows)
      .forEach { print($0) }
  }
}
