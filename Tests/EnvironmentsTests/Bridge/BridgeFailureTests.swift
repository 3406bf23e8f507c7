import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import Environments

@Suite("Gymnasium environments that go wrong")
struct BridgeFailureTests {
  let python: PythonUnderTest

  init() throws { python = try PythonUnderTest(modules: [FaultyModule.name: FaultyModule.text]) }

  @Test(
    "a failure has its reason, and the next episode has a fresh process",
    arguments: [
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
  func failures(fault: String, reason: String) throws {
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

  @Test("an action that is no number is a failure", arguments: [Double.nan, .infinity])
  func badAction(value: Double) throws {
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

  @Test("an environment that cannot be started again is a failure of each episode")
  func restart() throws {
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

  @Test("an environment that was only described leaves no process behind")
  func described() throws {
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

@Suite("Gymnasium environments that are refused")
struct BridgeRefusalTests {
  @Test(
    "a refusal is one line with the reason and what to do",
    arguments: [
      (
        "faulty:Dict-v0", .unsupportedEnvironment,
        "its observations are a Dict space where a Box is needed: "
          + "wrap it in gymnasium.wrappers.FlattenObservation"
      ),
      (
        "faulty:Multi-v0", .unsupportedEnvironment,
        "its actions are a MultiDiscrete space where a Box or Discrete one is needed: "
          + "wrap it in a gymnasium.ActionWrapper"
      ),
      (
        "faulty:Unbounded-v0", .unsupportedEnvironment,
        "its action component 0 ranges from -inf to inf, which [-1, 1] cannot be scaled to: "
          + "give the action space finite bounds, as gymnasium.wrappers.RescaleAction does"
      ),
      (
        "faulty:Empty-v0", .unsupportedEnvironment,
        "it has 0 observation components, expected 1 to 1000000"
      ),
      (
        "faulty:Endless-v0", .unsupportedEnvironment,
        "it is registered without max_episode_steps, so an episode may never end: "
          + "give --horizon STEPS"
      ),
      ("Nowhere-v0", .unknownEnvironment, "NameNotFound: Environment `Nowhere` doesn't exist."),
      ("faulty:Nowhere-v0", .unknownEnvironment, "NameNotFound: "),
      ("nowhere:Env-v0", .unknownEnvironment, "there is no Python module nowhere in "),
      ("", .brokenEnvironment, "Error: Malformed environment ID: "),
      (
        "stuck:Env-v0", .brokenEnvironment,
        "it did not answer within 2.0 s; its last line was: waiting for the paint to dry"
      ),
      ("broken:Env-v0", .brokenEnvironment, "ZeroDivisionError: division by zero (broken.py:1)"),
    ] as [(String, EnvironmentError.Code, String)])
  func refusals(name: String, code: EnvironmentError.Code, reason: String) throws {
    let python = try PythonUnderTest(modules: [
      FaultyModule.name: FaultyModule.text, "broken": "1 / 0",
      "stuck":
        "import sys, threading; print('waiting for the paint to dry'); sys.stdout.flush(); "
        + "threading.Event().wait()",
    ])
    let options = name == "stuck:Env-v0" ? ["start-limit": "2"] : [:]
    let error = #expect(throws: EnvironmentError.self) {
      try python.describe(EnvironmentSettings("gym:\(name)", options: options))
    }
    #expect(error?.code == code)
    let line = error?.description ?? ""
    #expect(line.hasPrefix("gym:\(name): \(reason)") && !line.contains("\n"), "\(line)")
  }

  @Test("a keyword that the environment does not know is refused with Python's own words")
  func unknownKeyword() throws {
    let error = #expect(throws: EnvironmentError.self) {
      try PythonUnderTest().describe(
        EnvironmentSettings("gym:CartPole-v1", options: ["gravity": "1"]))
    }
    #expect(error?.description.contains("unexpected keyword argument 'gravity'") == true)
  }

  @Test("a limit that is no time is refused", arguments: ["0", "-1", "nan", "inf", "soon"])
  func limits(value: String) throws {
    let error = #expect(throws: EnvironmentError.self) {
      try PythonUnderTest().describe(
        EnvironmentSettings("gym:CartPole-v1", options: ["step-limit": value]))
    }
    #expect(
      error?.description
        == "--env-option step-limit is '\(value)', expected seconds above 0, at most 86400")
  }

  @Test("a Python without Gymnasium is named with the command that installs it")
  func missingGymnasium() throws {
    let python = try PythonUnderTest(modules: [
      "gymnasium": "raise ModuleNotFoundError('no module', name='gymnasium')"
    ])
    let error = #expect(throws: EnvironmentError.self) { try python.describe("gym:CartPole-v1") }
    #expect(error?.code == .missingPython)
    let line = error?.description ?? ""
    #expect(line.hasPrefix("gym:CartPole-v1: its Python has no Gymnasium: '/"), "\(line)")
    #expect(line.contains("install gymnasium' installs it"), "\(line)")
  }

  @Test("a Python that is not there is named with the variable that names another")
  func missingPython() throws {
    let python = PythonInterpreter(environment: ["CHROMATIC_PYTHON": "/nowhere/python"])
    let error = #expect(throws: EnvironmentError.self) {
      try BridgeEnvironment.describe("gym:CartPole-v1", python: python)
    }
    #expect(error?.code == .missingPython)
    #expect(
      error?.description
        == "gym:CartPole-v1: Python cannot be started as '/nowhere/python' "
        + "(No such file or directory): install python3, or set CHROMATIC_PYTHON to an interpreter "
        + "that has Gymnasium")
  }
}
