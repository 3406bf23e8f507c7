import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Why nobody can reach the page.
struct CannotListen: Error, CustomStringConvertible {
  let description: String
}

/// The HTTP server as one of the program's services.
struct WebServer: Service {
  let routes: DashboardRoutes
  let host: String
  let port: Int
  let logger: Logger

  /// Serves until shutdown.
  func run() async throws {
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    let app = Application(
      router: routes.router(),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? self.port
        let name = host.contains(":") ? "[\(host)]" : host
        logger.info("listening", metadata: ["page": "http://\(name):\(port)/"])
      }, logger: quiet)
    do {
      try await app.run()
    } catch  where error is IOError || error is SocketAddressError.UnknownHost {
      throw CannotListen(
        description: "cannot listen on \(host), port \(port) (\(error)): choose another --host or "
          + "--port, or end the program that listens there")
    }
  }
}
