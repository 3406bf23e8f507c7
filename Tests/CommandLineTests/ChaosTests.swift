import ServerTestKit
import Testing

/// The short form of `make chaos`: every kind of fault at least once.
@Suite(.serialized) struct ChaosTests {
  @Test func `faults in every process and on every link leave the result as it is`() async throws {
    let chaos = try Tool(
      ["--faults", "25", "--environment", "InvertedPendulum-v5", "--evaluators", "2"],
      name: "chaos")
    let ending = try await chaos.ending(within: 300)
    #expect(ending == .exited(code: 0), "\(chaos.output) \(chaos.errors)")
    #expect(chaos.output.contains("policy and history        equal, byte for byte"))
    #expect(chaos.output.contains("evaluations lost          0"))
    let kinds =
      ["evaluator", "controller", "aggregator", "redis-server"].map { "\($0) killed (kill -9)" }
      + ["controller frozen beyond its lease", "link half-open", "link slow", "link reset"]
      + ["maxmemory reached", "read-only replica", "machine without models joins"]
      + ["messages deleted", "tasks and leases deleted", "results deleted"]
      + ["clock of redis-server jumps"]
    for kind in kinds { #expect(chaos.output.contains(kind), "\(chaos.output)") }
  }
}
