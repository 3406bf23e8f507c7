import Environments
import RunPlan
import RunQueue

/// Exit codes beyond 0, as sysexits.h numbers them, and two that everybody knows.
public enum ExitStatus {
  /// `--check-health` found the service ill.
  public static let ill: Int32 = 1
  /// A flag or argument is wrong.
  public static let usage: Int32 = 64
  /// A file, key or run holds what it should not.
  public static let data: Int32 = 65
  /// A server cannot be reached, or a program is missing.
  public static let unavailable: Int32 = 69
  /// The program is at fault.
  public static let software: Int32 = 70
  /// Something cannot be written.
  public static let cannotWrite: Int32 = 74

  /// The tool was asked to end, by Ctrl-C or SIGTERM, before it was done.
  public static let interrupted: Int32 = 130

  /// Every code that a program ends with, and what a script may conclude from it.
  public static let meanings: [(code: Int32, meaning: String)] = [
    (0, "it did what it was asked; a service was told to end"),
    (ill, "`--check-health`: the service is frozen or gone"),
    (usage, "a flag, an argument or a name is wrong: asking again changes nothing"),
    (data, "a file, a key or a run holds what it should not, or the run failed or was cancelled"),
    (unavailable, "a server does not answer or a program is missing: the same may work later"),
    (software, "the program is at fault: please report it"),
    (cannotWrite, "something cannot be written: a full disk, a directory without rights"),
    (interrupted, "Ctrl-C or SIGTERM came before the tool was done"),
  ]

  /// The code for any error of the modules below the programs.
  public static func of(_ error: any Error) -> Int32 {
    switch error {
    case let error as StoreError: error.status
    case is InvalidSetting: usage
    case is NoThread: unavailable
    case is OutputLost: cannotWrite
    case let error as EnvironmentError:
      switch error.code {
      case .unknownEnvironment, .invalidOption: usage
      case .missingPython: unavailable
      default: data
      }
    case is EnvironmentFailure, is DamagedFields: data
    default: software
    }
  }
}

extension StoreError {
  /// The exit code it deserves.
  fileprivate var status: Int32 {
    switch self {
    case .unreachable, .notReady, .refused, .incompatible: ExitStatus.unavailable
    case .cannotWrite: ExitStatus.cannotWrite
    case .overLimit: ExitStatus.unavailable
    case .runExists, .runForgotten, .noSuchRun, .wrongPhase: ExitStatus.usage
    case .damaged: ExitStatus.data
    }
  }
}
