import Foundation
import RedisQueue

/// A server within the test that speaks just enough of the protocol to answer as told.
///
/// It accepts one connection after the other until the value goes away.
package final class FakeServer: Sendable {
  package let url: RedisURL
  private let directory: TestDirectory
  private let listener: Int32

  /// A server that answers each command, its words given, with raw protocol text; nil hangs up.
  package convenience init(_ answer: @escaping @Sendable ([String]) -> String?) throws {
    try self.init(raw: { words in answer(words).map { Answer(Array($0.utf8)) } })
  }

  /// A server that answers with raw bytes.
  package init(raw answer: @escaping @Sendable ([String]) -> Answer?) throws {
    directory = try TestDirectory()
    let path = "\(directory.path)/socket"
    url = RedisURL(socket: path)
    listener = try UnixSocket.bound(to: path)
    guard listen(listener, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
    Thread.detachNewThread { [listener] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        Self.serve(connection, answer)
        close(connection)
      }
      close(listener)
    }
  }

  /// Ends the thread's `accept`; the thread then closes the socket.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// The answers of a sound server of `version`, except where `answer` has another one.
  package static func sound(
    version: String = "7.0.15", _ answer: @escaping @Sendable ([String]) -> String? = { _ in nil }
  ) throws -> FakeServer {
    try FakeServer { words in
      if let special = answer(words) { return special }
      switch words[0] {
      case "INFO": return bulk("# Server\r\nredis_version:\(version)\r\n")
      case "PING": return "+PONG\r\n"
      case "SCRIPT": return bulk(String(repeating: "0", count: 40))
      default: return "+OK\r\n"
      }
    }
  }

  package static func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }

  private static func serve(_ connection: Int32, _ answer: ([String]) -> Answer?) {
    guard let stream = fdopen(dup(connection), "r") else { return }
    defer { fclose(stream) }
    while let count = number(in: stream, after: "*") {
      var words: [String] = []
      for _ in 0..<count {
        guard let length = number(in: stream, after: "$") else { return }
        var bytes = [UInt8](repeating: 0, count: length + 2)
        guard fread(&bytes, 1, bytes.count, stream) == bytes.count else { return }
        words.append(String(decoding: bytes.dropLast(2), as: UTF8.self))
      }
      guard let reply = answer(words) else { return }
      _ = send(connection, reply.bytes, reply.bytes.count, Int32(MSG_NOSIGNAL))
      if reply.isLast { return }
    }
  }

  private static func number(in stream: UnsafeMutablePointer<FILE>, after mark: Character) -> Int? {
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, Int32(line.count), stream) != nil else { return nil }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.first == mark ? Int(text.dropFirst().trimmingCharacters(in: .newlines)) : nil
  }
}
