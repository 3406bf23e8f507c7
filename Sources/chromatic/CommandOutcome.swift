import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import RunProtocol
import Services

/// A mistake in a file, directory or setting, with the exit code it deserves.
struct CommandError: Error, CustomStringConvertible {
  let description: String
  let status: Int32

  /// A line about a flag or argument: exit code 64.
  static func usage(_ line: String) -> Self { Self(description: line, status: ExitStatus.usage) }

  /// A line about a file or directory: exit code 65.
  static func data(_ line: String) -> Self { Self(description: line, status: ExitStatus.data) }

  /// A line about something that cannot be written: exit code 74.
  static func cannotWrite(_ line: String) -> Self {
    Self(description: line, status: ExitStatus.cannotWrite)
  }

  /// A line about something that does not answer: exit code 69.
  static func unavailable(_ line: String) -> Self {
    Self(description: line, status: ExitStatus.unavailable)
  }
}

/// How a command ends: its own errors as one line, everything else as the argument parser does it.
enum CommandOutcome {
  static func run(_ command: any AsyncParsableCommand.Type) async {
    // A reader that goes away (head, less) is an error of write, not a signal to die from.
    signal(SIGPIPE, SIG_IGN)
    do {
      var parsed = try command.parseAsRoot()
      if var asynchronous = parsed as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try parsed.run()
      }
    } catch {
      guard let status = status(of: error) else { command.exit(withError: error) }
      FileHandle.standardError.write(Data("chromatic: \(error)\n".utf8))
      exit(status)
    }
  }

  private static func status(of error: any Error) -> Int32? {
    switch error {
    case let error as CommandError: error.status
    case let error as StoreError: ExitStatus.of(error)
    case is InvalidSetting: ExitStatus.usage
    case let error as EnvironmentError:
      error.code == .unknownEnvironment ? ExitStatus.usage : ExitStatus.data
    case is EnvironmentFailure, is DamagedFields: ExitStatus.data
    default: nil
    }
  }
}
