import LocalRing
import Programs
import Rendering

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

  /// The exit code of an error that only the tool knows.
  static func status(of error: any Error) -> Int32? {
    switch error {
    case let error as CommandError: error.status
    case let error as LocalRingError: error.status
    case let error as RenderingError: error.status
    default: nil
    }
  }
}

extension LocalRingError {
  /// The exit code it deserves.
  fileprivate var status: Int32 {
    switch self {
    case .missingProgram, .startFailed, .leftoverServer: ExitStatus.unavailable
    case .unusableDirectory: ExitStatus.cannotWrite
    case .directoryInUse: ExitStatus.usage
    case .server(let error): ExitStatus.of(error)
    }
  }
}

extension RenderingError {
  /// The exit code it deserves.
  fileprivate var status: Int32 {
    switch code {
    case .unavailable: ExitStatus.unavailable
    case .noSuchCamera: ExitStatus.usage
    case .cannotWrite: ExitStatus.cannotWrite
    }
  }
}
