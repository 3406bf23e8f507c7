import ArgumentParser

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Removes a run that is over from the queue, with its policy and history.",
    discussion: "Nothing is removed by itself; 'chromatic fetch' copies what is worth keeping.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    try target.queue.address().openStore().forget(run)
    print("\(run) is forgotten")
  }
}
