import ServerTestKit
import Testing

/// The short form of `make chaos`: every kind of fault at least once.
@Suite(.serialized) struct ChaosTests {
  @Test func `faults in every process of the ring leave the result as it is`() async throws {
    let chaos = try Tool(
      ["--faults", "14", "--environment", "Pendulum-v1", "--evaluators", "2"], name: "chaos")
    let ending = try await chaos.ending(within: 300)
    #expect(ending == .exited(code: 0), "\(chaos.output) \(chaos.errors)")
    #expect(chaos.output.contains("policy and history        equal, byte for byte"))
    #expect(chaos.output.contains("evaluations lost          0"))
    for victim in ["evaluator", "controller", "aggregator", "redis-server"] {
      #expect(chaos.output.contains("\(victim) killed (kill -9)"), "\(chaos.output)")
    }
  }
}
