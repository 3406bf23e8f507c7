import ChromaticPolicy
import Testing

@testable import Environments

extension BridgeTests {
  @Suite struct RefusalTests {
    @Test(
      arguments: [
        (
          "faulty:Unbounded-v0", .unsupportedEnvironment,
          "its action component 0 ranges from -inf to inf, which [-1, 1] cannot be scaled to: "
            + "give the action space finite bounds, in a gymnasium.ActionWrapper named by --wrapper"
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
          "it did not answer within 2.0 s"
        ),
        ("broken:Env-v0", .brokenEnvironment, "ZeroDivisionError: division by zero (broken.py:1)"),
      ] as [(String, EnvironmentError.Code, String)])
    func `a refusal is one line with the reason and what to do`(
      name: String, code: EnvironmentError.Code, reason: String
    ) throws {
      let python = try PythonUnderTest(modules: [
        FaultyModule.name: FaultyModule.text, "broken": "1 / 0",
        "stuck": "import threading; threading.Event().wait()",
      ])
      let options = name == "stuck:Env-v0" ? ["start-limit": "2"] : [:]
      let error = #expect(throws: EnvironmentError.self) {
        try python.describe(EnvironmentSettings("gym:\(name)", options: options))
      }
      #expect(error?.code == code)
      let line = error?.description ?? ""
      #expect(line.hasPrefix("gym:\(name): \(reason)") && !line.contains("\n"), "\(line)")
    }

    @Test func `a keyword that the environment does not know is refused with Python's own words`()
      throws
    {
      let error = #expect(throws: EnvironmentError.self) {
        try PythonUnderTest().describe(
          EnvironmentSettings("gym:CartPole-v1", options: ["gravity": "1"]))
      }
      #expect(error?.description.contains("unexpected keyword argument 'gravity'") == true)
    }

    @Test(arguments: ["0", "-1", "nan", "inf", "soon"])
    func `a limit that is no time is refused`(value: String) throws {
      let error = #expect(throws: EnvironmentError.self) {
        try PythonUnderTest().describe(
          EnvironmentSettings("gym:CartPole-v1", options: ["step-limit": value]))
      }
      #expect(
        error?.description
          == "--env-option step-limit is '\(value)', expected seconds above 0, at most 86400")
    }

    @Test func `a Python without Gymnasium is named with the command that installs it`() throws {
      let python = try PythonUnderTest(modules: [
        "gymnasium": "raise ModuleNotFoundError('no module', name='gymnasium')"
      ])
      let error = #expect(throws: EnvironmentError.self) { try python.describe("gym:CartPole-v1") }
      #expect(error?.code == .missingPython)
      let line = error?.description ?? ""
      #expect(line.hasPrefix("gym:CartPole-v1: its Python has no Gymnasium: '/"), "\(line)")
      #expect(line.contains("install gymnasium' installs it"), "\(line)")
    }

    @Test func `a Python that is not there is named with the variable that names another`() throws {
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
}
