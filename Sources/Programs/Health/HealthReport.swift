import Dispatch
import Logging
import ServiceLifecycle

/// Renews the health file of a service as long as each of its threads comes back from its rounds.
struct HealthReport: Service {
  let file: HealthFile
  let services: [BlockingService]
  let logger: Logger

  /// Renews the file every few seconds until shutdown.
  func run() async throws {
    try await cancelWhenGracefulShutdown {
      var warned: String?
      while !Task.isCancelled {
        let trouble = Self.trouble(services.map { ($0.name, $0.secondsInRound) })
        if let trouble, trouble.service != warned { logger.error("\(trouble.line)") }
        warned = trouble?.service
        try file.renew(trouble?.line)
        try? await Task.sleep(for: .seconds(HealthFile.interval))
      }
    }
    file.remove()
  }

  /// The first thread that has been in one round for too long.
  ///
  /// A round lasts about a second, but a rollout or a search step as long as it takes; ten minutes are
  /// more than any known environment needs.
  static func trouble(_ rounds: [(name: String, seconds: Double)]) -> (
    service: String, line: String
  )? {
    rounds.first { $0.seconds > longestRound }.map {
      ($0.name, "\($0.name) has not come back from its work for \(Int($0.seconds)) s")
    }
  }

  /// Seconds after which a round counts as one that never ends.
  static let longestRound = 600.0
}
