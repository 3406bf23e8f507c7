import Foundation
import RedisQueue
import RunQueue

/// A server that outlived the tool that started it.
enum LeftoverServer {
  /// The file that holds the server's process identifier.
  static func pidFile(in directory: String) -> String { "\(directory)/redis.pid" }

  /// Shuts down the server that still serves `directory`, if any, and removes its socket.
  static func takeOver(in directory: String) throws(LocalRingError) {
    guard let path = ServerSocket.recorded(in: directory), access(path, F_OK) == 0,
      path.utf8.count <= RedisURL.longestSocketPath
    else { return }
    let process = processIdentifier(in: directory, socket: path)
    do {
      let connection = try RedisConnection(
        to: RedisURL(socket: path), timeouts: RedisTimeouts(connect: 2, command: 3))
      guard try serves(directory, connection) else { return }
      try shutDown(connection)
    } catch {
      switch error {
      case .unreachable, .notReady: break
      default: throw .server(error)
      }
      if let process { throw .leftoverServer(socket: path, processIdentifier: process) }
    }
    ServerSocket.remove(path)
  }

  /// Whether the server's data is in `directory`; a copied record may name another's socket.
  private static func serves(
    _ directory: String, _ connection: RedisConnection
  ) throws(StoreError) -> Bool {
    try connection.send(["CONFIG", "GET", "dir"])
      == .array([.bytes(Array("dir".utf8)), .bytes(Array(directory.utf8))])
  }

  /// Ends the server; it closes the connection when it has written its data and exits.
  private static func shutDown(_ connection: RedisConnection) throws(StoreError) {
    do {
      try connection.send(["SHUTDOWN"], blocking: 15)
    } catch {
      guard case .unreachable = error, connection.isBroken else { throw error }
    }
  }

  /// The identifier of the living redis-server that the directory's pid file names.
  private static func processIdentifier(in directory: String, socket: String) -> Int? {
    guard let text = try? String(contentsOfFile: pidFile(in: directory), encoding: .utf8),
      let process = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)),
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"),
      String(decoding: words, as: UTF8.self).contains(socket)
    else { return nil }
    return process
  }
}
