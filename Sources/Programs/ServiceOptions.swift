import ArgumentParser
import Foundation
import Logging
import RedisQueue
import RunPlan
import RunQueue
import ServiceLifecycle

/// What all services take, and how they start and end.
public struct ServiceOptions: ParsableArguments {
  /// Which queue.
  @OptionGroup public var queue: QueueOptions

  @Option(
    help: ArgumentHelp(
      "trace, debug, info, notice, warning, error or critical.",
      discussion: "Else CHROMATIC_LOG_LEVEL, else info.", valueName: "level"))
  var logLevel: String?

  /// For the argument parser.
  public init() {}

  /// A logger for service `name`, writing to standard error.
  public func logger(_ name: String) throws -> Logger {
    let text = logLevel ?? QueueOptions.environment["CHROMATIC_LOG_LEVEL"] ?? "info"
    guard let level = Logger.Level(rawValue: text) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw InvalidSetting("--log-level", is: "'\(text)'", expected: "one of \(known)")
    }
    var logger = Logger(label: name, factory: StreamLogHandler.standardError(label:))
    logger.logLevel = level
    ServerContact.ofProcess.onNotice { [logger] in logger.notice("\($0)") }
    return logger
  }

  /// Runs `services` until SIGTERM, SIGINT or an error; the last one listed stops first.
  ///
  /// Where the server does not answer then, the process ends about a second later, exit code 0.
  public func run(_ services: [any Service], logger: Logger) async throws {
    let group = ServiceGroup(
      configuration: .init(
        services: (services + [ServerlessEnd(logger: logger)]).map {
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
