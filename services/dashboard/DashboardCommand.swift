import ArgumentParser
import Dashboard
import Foundation
import Logging
import Programs
import RunPlan
import RunQueue

/// `chromatic-dashboard`: a page and metrics of a queue, for people who look on.
struct DashboardCommand: AsyncParsableCommand {
  /// Name and abstract.
  static let configuration = CommandConfiguration(
    commandName: "chromatic-dashboard",
    abstract: "Serves a page, an API and Prometheus' metrics of a queue; changes nothing.",
    discussion: """
      The Redis user 'viewer' is enough. The page draws with dygraphs, which 'ops/bootstrap --web' \
      installs; another place of its files: CHROMATIC_WEB.
      """, version: chromaticVersion)

  @OptionGroup var options: ServiceOptions

  @Option(
    help: ArgumentHelp(
      "The address to listen on.",
      discussion: "Else CHROMATIC_HOST, else 127.0.0.1, which this machine alone reaches.",
      valueName: "address"))
  var host: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The port to listen on; 0 takes a free one.", discussion: "Else CHROMATIC_PORT, else 8080.",
      valueName: "n"))
  var port: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds between two looks at the queue.", discussion: "1 to 60, default 2.",
      valueName: "seconds"))
  var interval = 2.0

  /// Serves until told to stop.
  func run() async throws {
    try options.endIfHealthCheck()
    let logger = try options.logger("dashboard")
    guard (1...60).contains(interval) else {
      throw InvalidSetting("--interval", is: "\(interval)", expected: "1 to 60 seconds")
    }
    let (host, port) = (try listeningHost(), try listeningPort())
    let library = try WebLibrary()
    let queue = try options.queue.address()
    let board = DashboardBoard(
      QueueLedger(queue: queue.keys.queue, server: queue.url.description))
    let observer = BlockingService("observer", logger: logger, onShutdown: board.interrupt) {
      [interval] in
      DashboardObserver(queue: queue, board: board, interval: interval, logger: logger)
    }
    let routes = DashboardRoutes(
      board: board, library: library, archive: QueueArchive(queue: queue), studio: FilmStudio())
    let server = WebServer(routes: routes, host: host, port: port, logger: logger)
    try await options.run([observer, server], logger: logger)
  }

  /// The exit code of what only this program runs into.
  static func status(_ error: any Error) -> Int32? {
    error is MissingLibrary || error is CannotListen ? ExitStatus.unavailable : nil
  }

  private func listeningHost() throws -> String {
    guard let given = GivenText("--host", host, else: "CHROMATIC_HOST") else { return "127.0.0.1" }
    guard !given.text.isEmpty else { throw given.invalid("an address such as 127.0.0.1 or ::") }
    return given.text
  }

  private func listeningPort() throws -> Int {
    guard let given = GivenText("--port", port.map(String.init), else: "CHROMATIC_PORT") else {
      return 8080
    }
    guard let port = Int(given.text), (0...65535).contains(port) else {
      throw given.invalid("a port from 0 to 65535")
    }
    return port
  }
}
