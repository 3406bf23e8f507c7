import ArgumentParser
import Programs
import RunPlan
import RunQueue

/// The name of a run on a queue.
struct RunOnQueue: ParsableArguments {
  @Argument(help: "The run's name; 'chromatic runs' lists them.")
  var run: String

  @OptionGroup(title: "Queue") var queue: QueueOptions

  /// The run's name, checked.
  func id() throws(InvalidSetting) -> RunID { try RunArgument.run(run, flag: "the run's name") }

  /// The queue, connected.
  func openStore() throws -> any RunStore { try queue.address().openStore() }
}

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Holds a run after its current iteration.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    try target.openStore().pause(run)
    print("\(run) pauses after its current iteration; go on with: chromatic resume \(run)")
  }
}

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Continues a paused or suspended run.",
    discussion: "A suspended run evaluates its iteration, all of which failed, anew.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    try target.openStore().resume(run)
    print("\(run) goes on")
  }
}

struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Ends a run; its best policy so far can still be fetched.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    try target.openStore().cancel(run)
    print("\(run) is cancelled")
  }
}

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Removes a run that is over from the queue, with its policy and history.",
    discussion: "Nothing is removed by itself; 'chromatic fetch' copies what is worth keeping.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    try target.openStore().forget(run)
    print("\(run) is forgotten")
  }
}
