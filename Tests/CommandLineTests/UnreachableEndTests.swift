import Foundation
import RedisQueue
import ServerTestKit
import Testing

/// Told to end while Redis does not answer, every program ends within a second or so.
@Suite(.serialized) struct UnreachableEndTests {
  static let services = ["controller", "aggregator", "evaluator"]

  private func expectEnd(
    of tool: Tool, code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let seconds = await secondsToEnd(of: tool.identifier, signal: SIGTERM)
    let ending = try await tool.ending(within: 30)
    #expect(ending == .exited(code: code), "\(tool.errors)", sourceLocation: sourceLocation)
    #expect(seconds < 3, "\(tool.errors)", sourceLocation: sourceLocation)
  }

  /// Seconds that a process lives on after `signal`, at most 30.
  ///
  /// A thread of its own watches, so that busy tests beside this one cannot make it late.
  private func secondsToEnd(of process: pid_t, signal: Int32) async -> Double {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let start = ServerContact.now()
        kill(process, signal)
        while ProcessTable.isAlive(process), ServerContact.now() - start < 30 { usleep(5000) }
        continuation.resume(returning: ServerContact.now() - start)
      }
    }
  }

  @Test(arguments: services) func `a service whose link went silent ends in time`(name: String)
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let link = try FaultyLink(to: RedisURL(queue.url))
    let service = try queue.start(name, at: "\(link.url)")
    _ = try await service.errorLine(containing: "serving")
    link.silence()
    try await expectEnd(of: service, code: 0)
  }

  @Test(arguments: services) func `a service whose server is gone ends in time`(name: String)
    async throws
  {
    let service = try Tool(["--redis", "redis://127.0.0.1:1"], name: "chromatic-\(name)")
    _ = try await service.errorLine(containing: "trying again")
    try await expectEnd(of: service, code: 0)
  }

  @Test(arguments: services + ["watch a", "experiment transfer"])
  func `a program that waits for a connection ends in time`(name: String) async throws {
    let full = try FullListener()
    let words = name.split(separator: " ").map(String.init)
    let tool =
      words.count > 1
      ? try Tool(words + ["--redis", full.url])
      : try Tool(["--redis", full.url], name: "chromatic-\(name)")
    try await eventually("a program that connects") { try full.isAwaited ? true : nil }
    try await expectEnd(of: tool, code: words.count > 1 ? 130 : 0)
  }

  @Test func `train whose server is frozen ends in time, with a run to resume`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let server = try #require(
      ring.children.first { ProcessTable.command(of: $0).joined().contains("redis-server") })
    kill(server, SIGSTOP)
    let children = ring.children
    ring.go()
    let seconds = await secondsToEnd(of: ring.tool.identifier, signal: SIGINT)
    #expect(try await ring.tool.ending(within: 30) == .exited(code: 130), "\(ring.tool.errors)")
    #expect(seconds < 5, "\(ring.tool.errors)")
    #expect(children.allSatisfy { !ProcessTable.isAlive($0) })
    #expect(try await ring.finish() == SmallRun.reference())
  }

  @Test func `watch and experiment whose link went silent end in time`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let link = try FaultyLink(to: RedisURL(queue.url))
    try await queue.begin(until: 0)
    let watch = try Tool(["watch", "a", "--redis", "\(link.url)"])
    _ = try await watch.errorLine(containing: "no evaluator is connected")
    let experiment = try Tool([
      "experiment", "transfer", "--seeds", "1", "--redis", "\(link.url)", "--output",
      "\(queue.directory.path)/results",
    ])
    try await eventually("runs of the experiment") {
      experiment.output.contains("in the queue") ? true : nil
    }
    link.silence()
    try await expectEnd(of: watch, code: 130)
    try await expectEnd(of: experiment, code: 130)
  }
}

/// A port whose queue of connections is full, so that another one is never answered.
private final class FullListener {
  private let port: Int
  private let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  private var clients: [Int32] = []

  init() throws {
    port = try PlainServer.freePort()
    let listener = listener
    guard PlainServer.withAddress(port: port, { bind(listener, $0, $1) == 0 }),
      listen(listener, 0) == 0
    else { throw POSIXError(.EADDRINUSE) }
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
      _ = PlainServer.withAddress(port: port) { connect(client, $0, $1) == 0 }
      clients.append(client)
    }
    own = try waiting()
  }

  deinit { for descriptor in clients + [listener] { close(descriptor) } }

  private var own: Set<Substring> = []

  var url: String { "redis://127.0.0.1:\(port)" }

  /// Whether somebody else waits for a connection.
  var isAwaited: Bool { get throws { try !waiting().isSubset(of: own) } }

  /// The near ends of connections to the port that are not answered, as the kernel lists them.
  private func waiting() throws -> Set<Substring> {
    // Read to its end: the kernel's files have no length of their own.
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/net/tcp"))
    let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    let target = ":" + String(port, radix: 16, uppercase: true)
    let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
    return Set(
      rows.filter { $0.count > 3 && $0[2].hasSuffix(target) && $0[3] == "02" }.map { $0[1] })
  }
}
