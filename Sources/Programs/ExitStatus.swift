import Environments
import RunPlan
import RunQueue

/// Exit codes beyond 0, as sysexits.h numbers them.
public enum ExitStatus {
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

  /// The code for any error of the modules below the programs.
  public static func of(_ error: any Error) -> Int32 {
    switch error {
    case let error as StoreError: error.status
    case is InvalidSetting: usage
    case is NoThread: unavailable
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
