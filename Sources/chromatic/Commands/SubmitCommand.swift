import ArgumentParser
import ChromaticPolicy
import Foundation
import Programs
import RunPlan
import RunQueue

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hands a run to the controller of a queue.")

  @Argument(help: "The environment's id; 'chromatic environments' lists them.")
  var environment: String

  @Option(help: "The run's name in the queue. (default: the environment and the time)")
  var name: String?

  @OptionGroup(title: "Run") var run_: RunOptions
  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let configuration = try run_.configuration(environment: environment)
    let run = try RunArgument.run(name ?? Self.defaultName(environment), flag: "--name")
    try configuration.tryEnvironment()
    let store = try queue.address().openStore()
    try store.checkMemory(for: configuration)
    try store.submit(run, config: configuration.fields)
    print("submitted \(run)")
    if try store.overview().alive.isEmpty {
      print("no evaluator is connected to this queue yet: start one with chromatic-evaluator")
    }
    print("follow it with: chromatic watch \(run)")
  }

  private static func defaultName(_ environment: String) -> String {
    let formatter = DateFormatter()
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    let prefix = EnvironmentSettings(environment).fileName.prefix(40)
    return "\(prefix)-\(formatter.string(from: Date()))"
  }
}

/// Run names on the command line.
enum RunArgument {
  /// The run called `name`; the error names the flag or argument it came from.
  static func run(_ name: String, flag: String) throws(InvalidSetting) -> RunID {
    guard let run = RunID(name) else {
      throw InvalidSetting(
        flag, is: "'\(name)'", expected: "1 to 64 letters, digits, dots, dashes or underscores")
    }
    return run
  }
}
