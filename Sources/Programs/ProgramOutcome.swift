import ArgumentParser
import Foundation
import RunPlan

/// How every program of this package ends: a mistake is one line on standard error and an exit code.
public enum ProgramOutcome {
  /// Ends the process unless it may start the few threads that any program needs.
  ///
  /// To be called on the first thread, before anything waits for another one: without them it would
  /// wait in silence, for ever.
  public static func checkThreads() {
    let needed = 4
    guard WorkerThread.startable(needed) < needed else { return }
    let name = (CommandLine.arguments.first as NSString?)?.lastPathComponent ?? "chromatic"
    let error = NoThread(reason: "fewer than \(needed)")
    StandardStreams.say("\(name): \(error)")
    exit(ExitStatus.of(error))
  }

  /// Runs `program` with this process's arguments; comes back only if it succeeds.
  ///
  /// - Parameters:
  ///   - program: parsed and run.
  ///   - status: the exit code of an error that only this program knows.
  public static func run(
    _ program: any AsyncParsableCommand.Type, status: (any Error) -> Int32? = { _ in nil }
  ) async {
    StandardStreams.open()
    // A reader that goes away (head, less) is an error of write, not a signal to die from.
    signal(SIGPIPE, SIG_IGN)
    do {
      var parsed = try parse(program)
      if var asynchronous = parsed as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try parsed.run()
      }
      try StandardStreams.flush()
    } catch let code as ExitCode {
      do throws(OutputLost) {
        try StandardStreams.flush()
      } catch {
        error.endIfNobodyReads()
        StandardStreams.say("\(name(of: program)): \(error)")
      }
      exit(code.rawValue)
    } catch {
      var error = error
      // Help and version are asked for by throwing, too.
      if program.exitCode(for: error).isSuccess {
        do throws(OutputLost) {
          try StandardStreams.write(line: program.fullMessage(for: error))
          exit(0)
        } catch let lost {
          error = lost
        }
      }
      (error as? OutputLost)?.endIfNobodyReads()
      let line = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
      let shown = CommandLineSecret.removed(from: line)
      StandardStreams.say("\(name(of: program)): \(shown)")
      exit(status(error) ?? ExitStatus.of(error))
    }
  }

  private static func parse(
    _ program: any AsyncParsableCommand.Type
  ) throws -> any ParsableCommand {
    do {
      return try program.parseAsRoot()
    } catch  where !program.exitCode(for: error).isSuccess {
      throw InvalidSetting(line(of: error, from: program))
    }
  }

  /// What the parser objects to, and where to read more.
  private static func line(
    of error: any Error, from program: any AsyncParsableCommand.Type
  ) -> String {
    let objection = program.message(for: error)
    // The full message ends in a pointer to the help of the subcommand that was meant.
    let full = program.fullMessage(for: error)
    let help = full.firstMatch(of: /'([^']+ --help)'/)?.1 ?? "\(name(of: program)) --help"
    return "\(objection) (see '\(help)')"
  }

  private static func name(of program: any AsyncParsableCommand.Type) -> String {
    program.configuration.commandName ?? ProcessInfo.processInfo.processName
  }
}
