import Foundation
import LocalRing
import ServerTestKit
import Testing

/// What a run of a `gym:` environment needs: the parity tests' Python with a module of the test's own.
struct GymnasiumRun {
  let directory: TestDirectory
  /// Variables for the tool.
  let variables: [String: String]

  /// A directory with the Python module `name`.
  init(module name: String = "own", _ text: String = "") throws {
    directory = try TestDirectory()
    try Data(text.utf8).write(to: URL(filePath: "\(directory.path)/\(name).py"))
    let packages = URL(filePath: #filePath).appending(path: "../../../.build/parity-python")
      .standardized.path
    variables = [
      "CHROMATIC_PYTHON": "\(packages)/python", "PYTHONPATH": "\(directory.path):\(packages)",
      "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1",
    ]
  }

  /// The arguments of a small run into the directory `name`.
  func train(_ environment: String, into name: String, evaluators: Int) -> [String] {
    [
      "train", environment, "--output", "\(directory.path)/\(name)", "--evaluators",
      "\(evaluators)", "--iterations", "3", "--perturbations", "6", "--pivots", "2",
      "--evaluations", "1", "--finalists", "2", "--finalist-episodes", "2", "--hidden", "4",
      "--partitions", "3", "--seed", "7",
    ]
  }

  /// What `environments --check` prints of `environment`, which ends with `code`; where `isWhole` its JSON
  /// is held against the schema, too.
  func check(_ environment: String, code: Int32, isWhole: Bool = true) async throws -> String {
    let arguments = ["environments", environment, "--check"]
    let tool = try await Tool.run(arguments, environment: variables)
    #expect(try await tool.ending() == .exited(code: code), "\(tool.errors)")
    guard isWhole else { return tool.output }
    let json = try await Tool.run(arguments + ["--json"], environment: variables)
    let objections = try await JSONSchema(name: "environment-check.json").objections(
      to: json.output)
    #expect(objections == "", "\(json.output)")
    return tool.output
  }

  /// What a script in the directory, run there with its arguments, prints before it ends well.
  func python(_ script: String) async throws -> String {
    let log = "\(directory.path)/python.log"
    let process = try ServiceProcess(
      "sh",
      arguments: ["-c", "cd '\(directory.path)' && exec \"$CHROMATIC_PYTHON\" \(script)"],
      environment: variables, log: log, executablesIn: "/bin")
    let ending = try await eventually("the end of \(script)", within: 240) { process.ending }
    let printed = try String(contentsOfFile: log, encoding: .utf8)
    #expect(ending == .exited(code: 0), "\(printed)")
    return printed
  }

  /// The process whose number the module wrote to the file `process`.
  func process() -> pid_t? {
    let text = try? String(contentsOfFile: "\(directory.path)/process", encoding: .utf8)
    return text.flatMap { pid_t($0) }
  }
}
