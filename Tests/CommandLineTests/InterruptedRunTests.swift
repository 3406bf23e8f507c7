import Foundation
import LocalRing
import RedisQueue
import Testing

/// A run that was cut short goes on with `--resume` to the bytes of one that was not.
@Suite(.serialized) struct InterruptedRunTests {
  /// From the tool's first instruction to shortly before its last iteration.
  static let moments: [LiveRing.Moment] = {
    var random = SeededNumbers(seed: 20)
    let later = (0..<3).map { part in
      LiveRing.Moment.results(
        Int.random(in: 1...30, using: &random),
        iteration: Int.random(in: part * 2..<min(part * 2 + 2, 5), using: &random))
    }
    return [.begun, .file("config.json"), .file("redis/redis.sock")] + later
  }()

  @Test(arguments: moments)
  func `a run killed with all its children resumes to the same bytes`(moment: LiveRing.Moment)
    async throws
  {
    let ring = try LiveRing()
    try await ring.hold(at: moment)
    try await ring.killAll()
    #expect(!FileManager.default.fileExists(atPath: "\(ring.output)/policy.json"))
    #expect(try await ring.finish() == SmallRun.reference())
    let log = try String(contentsOfFile: "\(ring.output)/logs/aggregator.log", encoding: .utf8)
    #expect(!log.contains("lease expired"), "the resumed run waited for the dead evaluators")
  }

  @Test func `a run killed again and again resumes to the same bytes`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(3, iteration: 0))
    try await ring.killAll()
    let second = try LiveRing(resuming: ring)
    try await second.hold(at: .results(9, iteration: 2))
    try await second.killAll()
    #expect(try await second.finish() == SmallRun.reference())
  }

  @Test func `the children of a tool that is killed alone end by themselves`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let children = ring.children
    #expect(children.count == 5, "redis-server, controller, aggregator, two evaluators")
    ring.tool.send(signal: SIGKILL)
    try await ring.waitForEnd(of: children)
    #expect(try await ring.finish() == SmallRun.reference())
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a tool asked to end does so in order, with exit code 130`(signal: Int32) async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let children = ring.children
    ring.tool.send(signal: signal)
    ring.go()
    #expect(try await ring.tool.ending() == .exited(code: 130), "\(ring.tool.errors)")
    #expect(children.allSatisfy { !ProcessTable.isAlive($0) })
    #expect(ring.tool.errors.contains("--output \(ring.output) --resume"))
    let left = try FileManager.default.contentsOfDirectory(atPath: ring.output)
    #expect(left.contains("history.jsonl"))
    #expect(!left.contains("policy.json"))
    let log = try String(contentsOfFile: "\(ring.output)/redis/redis.log", encoding: .utf8)
    #expect(log.contains("bye bye"), "redis-server was killed")
    #expect(try evaluatorsLeft(in: ring) == 0, "the evaluators were killed")
    #expect(try await ring.finish() == SmallRun.reference())
  }

  /// Evaluators that did not sign off before the end, as the ring's Redis remembers them.
  private func evaluatorsLeft(in ring: LiveRing) throws -> Int64 {
    let server = try PrivateRedisServer(in: "\(ring.output)/redis")
    defer { server.stop() }
    let reply = try RedisConnection(to: server.url).send(["HLEN", "chromatic:{default}:evaluators"])
    guard case .integer(let count) = reply else { return -1 }
    return Int64(count)
  }

  @Test func `a tool asked to end at its very start leaves a run to resume`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .file("config.json"))
    ring.tool.send(signal: SIGINT)
    ring.go()
    #expect(try await ring.tool.ending() == .exited(code: 130), "\(ring.tool.errors)")
    #expect(try await ring.finish() == SmallRun.reference())
  }

  @Test func `a tool asked twice ends at once, whatever a child still does`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let children = ring.children
    let controller = try #require(ring.processes(of: "controller").first)
    ring.tool.send(signal: SIGINT)
    // The controller goes in order, the evaluators cannot.
    ring.go(except: ring.processes(of: "evaluator"))
    try await ring.waitForEnd(of: [controller])
    #expect(ProcessTable.isAlive(ring.tool.identifier))
    ring.tool.send(signal: SIGINT)
    #expect(try await ring.tool.ending(within: 5) == .exited(code: 130), "\(ring.tool.errors)")
    try await ring.waitForEnd(of: children)
    #expect(try await ring.finish() == SmallRun.reference())
  }

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a killed service is started again and changes nothing`(name: String) async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let process = try #require(ring.processes(of: name).first)
    kill(process, SIGKILL)
    ring.go()
    #expect(try await ring.tool.ending() == .exited(code: 0), "\(ring.tool.errors)")
    #expect(ring.tool.errors.contains("chromatic-\(name) ended (signal 9)"))
    #expect(ring.tool.errors.contains("started again"))
    #expect(try await SmallRun.Outcome(in: ring.output) == SmallRun.reference())
  }

  @Test func `a killed redis-server ends the run with one line; it can be resumed`() async throws {
    let ring = try LiveRing()
    try await ring.hold(at: .results(5, iteration: 1))
    let server = try #require(
      ring.children.first { ProcessTable.command(of: $0).joined().contains("redis-server") })
    kill(server, SIGKILL)
    ring.go()
    try await ring.tool.expectComplaint("redis", code: 69)
    #expect(try await ring.finish() == SmallRun.reference())
  }

  @Test func `a finished run resumes to the same files at once`() async throws {
    let ring = try LiveRing()
    #expect(try await ring.tool.ending() == .exited(code: 0))
    #expect(try await ring.finish() == SmallRun.reference())
  }
}

/// Numbers that look random and are the same in every test run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
