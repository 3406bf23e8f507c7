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
    let address = try queue.address()
    var calls = PatientCalls(.request)
    let store = try calls.make { try address.openStore() }
    try calls.make { try store.checkMemory(for: configuration) }
    try submit(run, configuration, to: store, &calls)
    print("submitted \(run)")
    if try calls.make({ try store.overview() }).alive.isEmpty {
      print("no evaluator is connected to this queue yet: start one with chromatic-evaluator")
    }
    for concern in try calls.make({ try store.condition() }).concerns {
      print("warning: \(concern)")
    }
    print("follow it with: chromatic watch \(run)")
  }

  /// Submits the run, once: a submission whose answer was lost may stand already.
  private func submit(
    _ run: RunID, _ configuration: RunConfiguration, to store: any RunStore,
    _ calls: inout PatientCalls
  ) throws {
    var isUncertain = false
    try calls.make {
      do {
        try store.submit(run, config: configuration.fields)
      } catch let error as StoreError {
        if case .runExists = error, isUncertain,
          try store.fields(.config, of: run) == configuration.fields
        {
          return
        }
        if case .unreachable = error { isUncertain = true }
        throw error
      }
    }
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
