import ServerTestKit
import Synchronization
import Testing

/// A submission whose answer was lost is taken for the tool's own, if it is.
@Suite struct LostAnswerTests {
  /// A server that takes the first submission without an answer, and then says that it has it.
  ///
  /// - Parameter changed: whether what it has is another run of that name.
  private func server(changed: Bool) throws -> FakeServer {
    let submitted = Mutex<[String]?>(nil)
    return try FakeServer { words in
      switch words[0] {
      case "INFO": return FakeServer.bulk("redis_version:7.0.15\r\n")
      case "PING": return "+PONG\r\n"
      case "SCRIPT": return FakeServer.bulk(String(repeating: "0", count: 40))
      case "HGETALL":
        let fields = submitted.withLock { $0 } ?? []
        return list(changed ? fields + ["more", "x"] : fields)
      case "EVALSHA" where words.contains("a -1"):
        let start = words.firstIndex(of: "a -1").map { $0 + 5 } ?? words.count
        return submitted.withLock { fields in
          defer { fields = Array(words[start...]) }
          return fields == nil ? nil : list(["exists"])
        }
      case "EVALSHA": return list(["overview", "0", "0", "1", "0", "0", "100", "", ""])
      default: return "+OK\r\n"
      }
    }
  }

  @Test func `its own run stands already`() async throws {
    let server = try server(changed: false)
    let tool = try await Tool.run(
      ["submit", "Pendulum-v1", "--name", "a", "--redis", "\(server.url)"])
    #expect(try await tool.ending() == .exited(code: 0), "\(tool.errors)")
    #expect(tool.output.contains("submitted a\n"))
    #expect(tool.errors.contains("trying again"))
  }

  @Test func `another run of that name is none of its own`() async throws {
    let server = try server(changed: true)
    let tool = try await Tool.run(
      ["submit", "Pendulum-v1", "--name", "a", "--redis", "\(server.url)"])
    #expect(try await tool.ending() == .exited(code: 64), "\(tool.errors)")
    #expect(tool.errors.contains("a run named a exists in this queue"))
  }
}

/// A reply of texts as it is sent.
private func list(_ texts: [String]) -> String {
  "*\(texts.count)\r\n" + texts.map(FakeServer.bulk).joined()
}
