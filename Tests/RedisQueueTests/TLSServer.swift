import Foundation
import LocalRing
import RedisQueue
import ServerTestKit

/// A redis-server that speaks TLS on a port of 127.0.0.1, with an authority of its own.
final class TLSServer {
  /// Whether this system's hiredis has TLS: its headers say so, not the code under test.
  static let systemHasTLS = access("/usr/include/hiredis/hiredis_ssl.h", R_OK) == 0

  let directory: TestDirectory
  let port: Int
  private let process: ServiceProcess

  /// Starts a server whose certificate holds for `names` and, unless `isExpired`, today.
  init(
    names: String = "DNS:localhost,IP:127.0.0.1", isExpired: Bool = false,
    asksForCertificate: Bool = false
  ) throws {
    directory = try TestDirectory()
    port = try Self.freePort()
    try Self.makeAuthority("ca", in: directory)
    try Self.makeAuthority("other-ca", in: directory)
    try Self.makeCertificate("server", for: names, isExpired: isExpired, in: directory)
    try Self.makeCertificate("client", for: "DNS:client", in: directory)
    let path = directory.path
    let settings = [
      "port": "0", "tls-port": "\(port)", "dir": path, "save": "",
      "tls-cert-file": "\(path)/server.crt", "tls-key-file": "\(path)/server.key",
      "tls-ca-cert-file": "\(path)/ca.crt", "tls-auth-clients": asksForCertificate ? "yes" : "no",
    ]
    let server = try Program.find("redis-server", remedy: "ops/bootstrap")
    process = try ServiceProcess(
      "redis-server", arguments: settings.flatMap { ["--\($0)", $1] }, log: "\(path)/log",
      executablesIn: (server as NSString).deletingLastPathComponent)
    try waitUntilListening()
  }

  deinit { process.stop(grace: 1) }

  /// The server under the name `host`, trusted by the authority `authority`; nil: the system's.
  func url(
    host: String = "localhost", authority: String? = "ca", identity: String? = nil
  ) throws -> RedisURL {
    var environment: [String: String] = [:]
    environment["CHROMATIC_REDIS_CA"] = authority.map { "\(directory.path)/\($0).crt" }
    environment["CHROMATIC_REDIS_CERT"] = identity.map { "\(directory.path)/\($0).crt" }
    environment["CHROMATIC_REDIS_KEY"] = identity.map { "\(directory.path)/\($0).key" }
    return try RedisURL("rediss://\(host):\(port)", environment: environment)
  }

  /// Comes back once something listens; the server's end or 20 s are an error.
  private func waitUntilListening() throws {
    let plain = RedisURL(endpoint: .tcp(host: "127.0.0.1", port: port))
    let deadline = ContinuousClock().now + .seconds(20)
    while process.wait(upTo: 0.01) == nil, ContinuousClock().now < deadline {
      do {
        _ = try RedisConnection(to: plain, timeouts: RedisTimeouts(connect: 1, command: 1))
      } catch {
        // The server hangs up on plain text, as soon as there is one.
        if !"\(error)".hasPrefix("no Redis at") { return }
      }
    }
    throw POSIXError(.ECONNREFUSED)
  }

  private static func makeAuthority(_ name: String, in directory: TestDirectory) throws {
    try openssl(
      ["-keyout", "\(name).key", "-out", "\(name).crt", "-subj", "/CN=\(name)"], directory)
  }

  private static func makeCertificate(
    _ name: String, for names: String, isExpired: Bool = false, in directory: TestDirectory
  ) throws {
    let past = ["-not_before", "20200101000000Z", "-not_after", "20200102000000Z"]
    try openssl(
      [
        "-CA", "ca.crt", "-CAkey", "ca.key", "-keyout", "\(name).key", "-out", "\(name).crt",
        "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(names)",
      ] + (isExpired ? past : []), directory)
  }

  private static func openssl(_ arguments: [String], _ directory: TestDirectory) throws {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: try Program.find("openssl", remedy: "apt-get install openssl"))
    process.arguments =
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
      + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw POSIXError(.EINVAL) }
  }

  /// A port that nobody listened on a moment ago.
  private static func freePort() throws -> Int {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(probe, $0, size) + getsockname(probe, $0, &size)
      }
    }
    guard failed == 0 else { throw POSIXError(.EADDRINUSE) }
    return Int(in_port_t(bigEndian: address.sin_port))
  }
}
