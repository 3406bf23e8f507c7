import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import Environments

extension BridgeTests {
  @Suite struct FailureTests {
    let python: PythonUnderTest

    init() throws { python = try PythonUnderTest(modules: [FaultyModule.name: FaultyModule.text]) }

    @Test(arguments: [
      ("Abort", "its Python process ended (exit code 3); its last line was: about to go"),
      ("Die", "its Python process ended (signal 11); its last line was: not a frame"),
      ("Raise", "ValueError: the track is closed (faulty.py:"),
      ("Hang", "it did not answer within 1.0 s; its last line was: not a frame"),
      ("Flood", "it did not answer within 1.0 s; its last line was: "),
      ("NaN", "observation component 1 is nan, not a number"),
      ("Reward", "the reward is inf, not a number"),
      ("Shape", "ValueError: an observation of 3 numbers where its space has 2"),
      ("Nothing", "TypeError: "),
    ])
    func `a failure has its reason, and the next episode has a fresh process`(
      fault: String, reason: String
    ) throws {
      let id = "gym:faulty:\(fault)-v0"
      let options = ["Hang", "Flood"].contains(fault) ? ["step-limit": "1"] : [:]
      do {
        let environment = try python.make(EnvironmentSettings(id, options: options))
        for _ in 0..<2 {
          let failure = try failureInThirdStep(of: environment)
          #expect(failure.hasPrefix("\(id), step 3: \(reason)"), "\(failure)")
          #expect(!failure.contains("\n"))
        }
      }
      let processes = try processes()
      #expect(Set(processes).count == 2)
      #expect(processes.allSatisfy { !isAlive($0) })
    }

    private func failureInThirdStep(of environment: any Environment) throws -> String {
      let buffer = ObservationBuffer(2)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      for _ in 0..<2 { #expect(try environment.step([0, 0], buffer).reward == 1) }
      let failure = #expect(throws: EnvironmentFailure.self) {
        try environment.step([0, 0], buffer)
      }
      return failure?.description ?? ""
    }

    @Test(arguments: [Double.nan, .infinity])
    func `an action that is no number is a failure`(value: Double) throws {
      let environment = try python.make("gym:faulty:Early-v0")
      let buffer = ObservationBuffer(2)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      let failure = #expect(throws: EnvironmentFailure.self) {
        try environment.step([0, value], buffer)
      }
      #expect(
        failure?.description
          == "gym:faulty:Early-v0, step 1: action component 1 is \(value), not a number")
    }

    @Test func `an environment that cannot be started again is a failure of each episode`() throws {
      let environment = try python.make("gym:faulty:Abort-v0")
      _ = try failureInThirdStep(of: environment)
      try FileManager.default.removeItem(at: python.directory.appending(path: "faulty.py"))
      for _ in 0..<2 {
        let failure = #expect(throws: EnvironmentFailure.self) {
          var random = RandomStream.episodes(0)
          try environment.reset(&random, observation: ObservationBuffer(2).pointer)
        }
        #expect(
          failure?.description.hasPrefix("gym:faulty:Abort-v0, reset: there is no Python module ")
            == true, "\(failure?.description ?? "")")
      }
    }

    @Test func `an environment that was only described leaves no process behind`() throws {
      #expect(try python.describe("gym:faulty:Hang-v0").observationSize == 2)
      #expect(try processes().count == 1)
      #expect(try !processes().contains(where: isAlive))
    }

    /// The processes in which an environment was made.
    private func processes() throws -> [pid_t] {
      try #require(python.text(of: "processes")).split(separator: "\n").compactMap { pid_t($0) }
    }

    private func isAlive(_ process: pid_t) -> Bool { kill(process, 0) == 0 }
  }
}
