import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A redis-server on a TCP port with settings of its own: a node of a cluster, a replica, a Sentinel.
final class PlainServer {
  let directory: TestDirectory
  let port: Int
  private let process: ServiceProcess

  /// Starts the server with `settings` as on its command line and waits until it answers.
  ///
  /// - Parameter sentinel: the lines of a Sentinel's file; nil for a server that holds data.
  init(_ settings: [String: String] = [:], sentinel: [String]? = nil) async throws {
    directory = try TestDirectory()
    port = try Self.freePort()
    var arguments = [
      "--port", "\(port)", "--dir", directory.path, "--save", "", "--protected-mode", "no",
    ]
    arguments += settings.flatMap { ["--\($0)", $1] }
    if let sentinel {
      let file = "\(directory.path)/sentinel.conf"
      try (sentinel + [""]).joined(separator: "\n")
        .write(toFile: file, atomically: false, encoding: .utf8)
      arguments = [file, "--port", "\(port)", "--sentinel"]
    }
    let program = try Program.find("redis-server", remedy: "ops/bootstrap")
    process = try ServiceProcess(
      "redis-server", arguments: arguments, log: "\(directory.path)/log",
      executablesIn: (program as NSString).deletingLastPathComponent)
    // A Sentinel is no server for a queue, so that its port alone is asked.
    try await eventually("an answer of redis-server", within: 20) {
      Self.listens(on: port) ? true : nil
    }
  }

  deinit { process.stop(grace: 0) }

  /// Where it listens.
  var url: RedisURL { RedisURL(endpoint: .tcp(host: "127.0.0.1", port: port)) }

  /// Ends it at once.
  func kill() { process.stop(grace: 0) }

  /// The reply to a command.
  @discardableResult
  func send(_ command: String...) throws -> RedisReply {
    try RedisConnection(to: url).send(command)
  }

  /// The reply as text.
  func text(_ command: String...) throws -> String {
    switch try RedisConnection(to: url).send(command) {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .status(let text): text
    case .integer(let number): "\(number)"
    default: ""
    }
  }

  private static func listens(on port: Int) -> Bool {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    return withAddress(port: port) { Glibc.connect(client, $0, $1) == 0 }
  }

  /// A port that nobody uses at the moment, with one for a cluster's bus beside it.
  static func freePort() throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<30_000)
      if isFree(port), isFree(port + 10_000) { return port }
    }
    throw POSIXError(.EADDRINUSE)
  }

  private static func isFree(_ port: Int) -> Bool {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    return withAddress(port: port) { Glibc.bind(listener, $0, $1) == 0 }
  }

  /// What `body` makes of the address of a port of this machine.
  static func withAddress(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    address.sin_port = UInt16(port).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
