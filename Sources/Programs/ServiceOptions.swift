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

  @Option(
    help: ArgumentHelp(
      "text, or json: an object a line, with run, iteration and evaluation.",
      discussion: "Else CHROMATIC_LOG_FORMAT, else text.", valueName: "format"))
  var logFormat: String?

  @Flag(
    help: ArgumentHelp(
      "Serve nothing: end with 0 if the service on this machine is at work, else with 1 and why.",
      discussion: "It is known by the file that CHROMATIC_HEALTH_FILE names for both."))
  var checkHealth = false

  /// For the argument parser.
  public init() {}

  /// A logger for service `name`, writing to standard error.
  public func logger(_ name: String) throws -> Logger {
    var logger = Logger(label: name, factory: try handler())
    logger.logLevel = try level()
    ServerContact.ofProcess.onNotice { [logger] in logger.notice("\($0)") }
    return logger
  }

  /// Ends the process with the health of the service on this machine, if that was asked for.
  public func endIfHealthCheck() throws {
    guard checkHealth else { return }
    guard let file = HealthFile(in: QueueOptions.environment) else {
      throw InvalidSetting(
        "--check-health", is: "without CHROMATIC_HEALTH_FILE",
        expected: "the file that the service was started with")
    }
    if let trouble = file.trouble() {
      StandardStreams.say("\(trouble)")
      throw ExitCode(ExitStatus.ill)
    }
    // Whoever asks looks at the exit code.
    StandardStreams.offer("at work")
    throw ExitCode.success
  }

  private func level() throws -> Logger.Level {
    guard let given = GivenText("--log-level", logLevel, else: "CHROMATIC_LOG_LEVEL") else {
      return .info
    }
    guard let level = Logger.Level(rawValue: given.text) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw given.invalid("one of \(known)")
    }
    return level
  }

  private func handler() throws -> @Sendable (String) -> any LogHandler {
    let given = GivenText("--log-format", logFormat, else: "CHROMATIC_LOG_FORMAT")
    guard let handler = Self.handlers[given?.text ?? "text"] else {
      throw given?.invalid("text or json") ?? InvalidSetting("--log-format is missing")
    }
    return handler
  }

  private static let handlers: [String: @Sendable (String) -> any LogHandler] = [
    "text": { StreamLogHandler.standardError(label: $0) }, "json": { JSONLogHandler(label: $0) },
  ]

  /// Runs `services` until SIGTERM, SIGINT or an error; the last one listed stops first.
  ///
  /// Where the server does not answer then, the process ends about a second later, exit code 0.
  public func run(_ services: [any Service], logger: Logger) async throws {
    var services = services + [ServerlessEnd(logger: logger)]
    if let file = HealthFile(in: QueueOptions.environment) {
      services.append(
        HealthReport(
          file: file, services: services.flatMap(Self.threads(of:)), logger: logger))
    }
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

  private static func threads(of service: any Service) -> [BlockingService] {
    (service as? SimultaneousServices)?.services ?? [service as? BlockingService].compactMap { $0 }
  }

  /// The lifecycle's own chatter only from warnings on.
  private static func quiet(_ logger: Logger) -> Logger {
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    return quiet
  }
}
