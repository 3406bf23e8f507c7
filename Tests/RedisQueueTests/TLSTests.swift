import Foundation
import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// `rediss://` trusts a server with a valid certificate for its host, and nobody else.
@Suite(.enabled(if: TLSServer.systemHasTLS, "this system's hiredis has no TLS"))
struct TLSTests {
  private func refusal(_ url: RedisURL) throws -> StoreError {
    let error = #expect(throws: StoreError.self) { try RedisConnection(to: url) }
    return try #require(error)
  }

  private func expectDistrust(
    _ url: RedisURL, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = try refusal(url)
    guard case .refused(let line) = error else {
      Issue.record("\(error)", sourceLocation: sourceLocation)
      return
    }
    #expect(line.hasPrefix("the certificate of \(url) is not trusted ("))
    #expect(line.contains(reason), "\(line)", sourceLocation: sourceLocation)
    #expect(!line.contains("\n"), sourceLocation: sourceLocation)
  }

  @Test(arguments: ["localhost", "127.0.0.1"])
  func `a store works over TLS, by name and by address`(host: String) throws {
    let server = try TLSServer()
    let url = try server.url(host: host)
    #expect(url.description == "rediss://\(host):\(server.port)")
    let store = try RedisRunStore(url: url, keys: SharedServer.freshQueue())
    for _ in 0..<3 { try store.heartbeat("e1", status: "{}") }
    #expect(try store.overview().evaluators.map(\.name) == ["e1"])
    #expect(try store.waitForTasks(timeout: 0.05) == false)
    // More than one TLS record, there and back.
    try store.heartbeat("e2", status: String(repeating: "x", count: 1_000_000))
    #expect(try store.overview().evaluators.last?.status.count == 1_000_000)
  }

  @Test func `an unknown authority is refused, also where the system's are asked`() throws {
    let server = try TLSServer()
    try expectDistrust(server.url(authority: "other-ca"), "certificate")
    try expectDistrust(server.url(authority: nil), "certificate")
  }

  @Test func `a certificate of another host is refused`() throws {
    let server = try TLSServer(names: "DNS:elsewhere.example,IP:10.0.0.1")
    try expectDistrust(server.url(), "hostname mismatch")
    try expectDistrust(server.url(host: "127.0.0.1"), "IP address mismatch")
  }

  @Test func `an expired certificate is refused`() throws {
    let server = try TLSServer(isExpired: true)
    try expectDistrust(server.url(), "certificate has expired")
  }

  @Test func `a client shows its certificate where it is asked for one`() throws {
    let server = try TLSServer(asksForCertificate: true)
    try RedisConnection(to: server.url(identity: "client")).send(["PING"])
    guard case .unreachable = try refusal(server.url()) else {
      Issue.record("let in without a certificate")
      return
    }
  }

  @Test func `a server that asks for TLS answers nobody without it`() throws {
    let server = try TLSServer()
    let plain = RedisURL(endpoint: .tcp(host: "localhost", port: server.port))
    guard case .unreachable = try refusal(plain) else {
      Issue.record("plain text was answered")
      return
    }
  }

  @Test(arguments: ["CA", "CERT", "KEY"])
  func `a file that holds no PEM is named with its variable`(part: String) throws {
    let server = try TLSServer()
    let path = server.directory.path
    let variable = "CHROMATIC_REDIS_\(part)"
    var environment = [
      "CHROMATIC_REDIS_CA": "\(path)/ca.crt", "CHROMATIC_REDIS_CERT": "\(path)/client.crt",
      "CHROMATIC_REDIS_KEY": "\(path)/client.key",
    ]
    environment[variable] = "\(path)/log"
    let url = try RedisURL("rediss://localhost:\(server.port)", environment: environment)
    guard case .refused(let line) = try refusal(url) else {
      Issue.record("another error")
      return
    }
    #expect(line.hasPrefix("\(variable) names \(path)/log, which"), "\(line)")
  }
}

/// What `rediss://` says before any handshake.
@Suite struct TLSSettingTests {
  @Test(.enabled(if: !TLSServer.systemHasTLS, "this system's hiredis has TLS"))
  func `a build without TLS says so in one line, before it connects`() throws {
    let error = #expect(throws: StoreError.self) {
      try RedisConnection(to: RedisURL("rediss://127.0.0.1:1", environment: [:]))
    }
    guard case .refused(let line) = try #require(error) else {
      Issue.record("another error")
      return
    }
    #expect(line.contains("rediss:// needs TLS, and hiredis 0.") && line.contains("stunnel"))
  }

  @Test(arguments: ["CHROMATIC_REDIS_CERT", "CHROMATIC_REDIS_KEY"])
  func `a certificate without its key, or a key alone, is refused`(name: String) {
    let error = #expect(throws: RedisURL.ParseError.self) {
      try RedisURL("rediss://host", environment: [name: "/some/file"])
    }
    #expect(error?.description.hasPrefix("a client certificate needs both") == true)
  }
}
