import RunQueue
import Testing

@testable import RunPlan

/// What stays and what moves when a run is given more iterations.
@Suite struct ExtendedRunTests {
  private func snapshot(
    _ flags: GivenSettings, at iteration: Int, of phase: RunPhase = .running
  ) throws -> RunSnapshot {
    let traits = EnvironmentTraits(observationSize: 3, actionSize: 1)
    let configuration = try RunConfiguration(environment: "Pendulum-v1", traits, given: flags)
    let isOver = iteration == configuration.iterations
    return RunSnapshot(
      name: "a",
      hashes: [
        .config: configuration.fields,
        .state: [
          "phase": phase.rawValue, "iteration": "\(iteration)", "expected": isOver ? "0" : "4",
          "message": "100 iterations", "submission": "s",
        ],
        .checkpoint: ["policy": "p", "finalist:0": "f"],
      ], returns: isOver ? [:] : [2: "1"],
      history: (0..<iteration).map { "{\"iteration\":\($0)}" })
  }

  private func configuration(_ snapshot: RunSnapshot) throws -> RunConfiguration {
    try RunConfiguration(snapshot.fields(.config))
  }

  @Test(arguments: [7, 300, 12_345])
  func `a frozen partition stays frozen from where it was, one ahead moves`(count: Int) throws {
    let flags: GivenSettings = ["iterations": "100", "hidden": "8", "partitions": "4"]
    for iteration in [90, 95, 100] {
      let extended = try configuration(snapshot(flags, at: iteration).extended(to: 100 + count))
      #expect(extended.iterations == 100 + count && extended.freezingIteration == 90)
      #expect(extended.playsClasses(in: 60) && !extended.playsClasses(in: 59))
    }
    let early = try configuration(snapshot(flags, at: 89).extended(to: 200))
    #expect(early.freezingIteration == 180 && early.playsClasses(in: 60))
    let first = try configuration(snapshot(flags, at: 20).extended(to: 200))
    #expect(first.freezingIteration == 180 && !first.playsClasses(in: 119))
  }

  @Test func `a finished run stands behind its last iteration, one in progress where it is`() throws
  {
    let flags: GivenSettings = ["iterations": "10", "controller": "random"]
    let finished = try snapshot(flags, at: 10, of: .finished).extended(to: 20)
    #expect(
      try finished.position() == RunSnapshot.Position(phase: .running, iteration: 9, expected: 0))
    #expect(finished.fields(.checkpoint) == ["finalist:0": "f"])
    #expect(finished.fields(.state)["submission"] == "s")
    let going = try snapshot(flags, at: 4)
    let extended = try going.extended(to: 20)
    #expect(extended.hashes["state"] == going.hashes["state"] && extended.returns == going.returns)
  }

  @Test func `fewer iterations, and a run that failed or was cancelled, are refused`() throws {
    let flags: GivenSettings = ["iterations": "10", "controller": "random"]
    #expect(throws: ExtensionError.tooFew(asked: 10, planned: 10)) {
      try snapshot(flags, at: 4).extended(to: 10)
    }
    for phase in [RunPhase.failed, .cancelled] {
      #expect(throws: ExtensionError.isOver("the run is \(phase.rawValue)")) {
        try snapshot(flags, at: 4, of: phase).extended(to: 20)
      }
    }
    #expect(throws: ExtensionError.self) { try snapshot(flags, at: 4).extended(to: 10_000_001) }
  }
}
