import ArgumentParser
import Foundation
import Logging
import RedisQueue
import RunProtocol
import ServiceLifecycle

/// What all services take, and how they start and end.
struct ServiceOptions: ParsableArguments {
  @OptionGroup var queue: QueueOptions

  @Option(
    help: ArgumentHelp(
      "trace, debug, info, notice, warning, error or critical.",
      discussion: "Else CHROMATIC_LOG_LEVEL, else info.", valueName: "level"))
  var logLevel: String?

  /// A logger for service `name`, writing to standard error.
  func logger(_ name: String) throws -> Logger {
    let text = logLevel ?? QueueOptions.environment["CHROMATIC_LOG_LEVEL"] ?? "info"
    guard let level = Logger.Level(rawValue: text) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--log-level is '\(text)', expected one of \(known)")
    }
    var logger = Logger(label: name, factory: StreamLogHandler.standardError(label:))
    logger.logLevel = level
    return logger
  }

  /// Runs `services` until SIGTERM, SIGINT or an error; the last one listed stops first.
  func run(_ services: [any Service], logger: Logger) async throws {
    // A half-closed connection is an error to report, not a signal to die from.
    signal(SIGPIPE, SIG_IGN)
    let group = ServiceGroup(
      configuration: .init(
        services: services.map {
          .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet(logger)))
    do {
      try await group.run()
    } catch let error as StoreError {
      logger.critical("\(error)")
      throw ExitCode(ExitStatus.of(error))
    }
  }

  /// The lifecycle's own chatter only from warnings on.
  private static func quiet(_ logger: Logger) -> Logger {
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    return quiet
  }
}

/// Exit codes beyond 0, as sysexits.h numbers them.
public enum ExitStatus {
  /// A flag or argument is wrong.
  public static let usage: Int32 = 64
  /// A file, key or run holds what it should not.
  public static let data: Int32 = 65
  /// A server cannot be reached.
  public static let unavailable: Int32 = 69
  /// Something cannot be written.
  public static let cannotWrite: Int32 = 74

  /// The code for a store error.
  public static func of(_ error: StoreError) -> Int32 {
    switch error {
    case .unreachable, .refused, .incompatible: unavailable
    case .cannotWrite: cannotWrite
    case .runExists, .noSuchRun, .wrongPhase: usage
    case .damaged: data
    }
  }
}
