import ChromaticPolicy
import Foundation

@testable import Environments

/// The Python of the parity tests, with a directory of modules of a test's own.
final class PythonUnderTest {
  /// Where the modules are; removed with the value.
  let directory: URL
  let interpreter: PythonInterpreter

  /// The interpreter with the modules given by name.
  init(modules: [String: String] = [:]) throws {
    directory = FileManager.default.temporaryDirectory.appending(
      path: "chromatic-python-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, text) in modules {
      try Data(text.utf8).write(to: directory.appending(path: "\(name).py"))
    }
    let packages = URL(filePath: #filePath).appending(path: "../../../../.build/parity-python")
      .standardized.path
    guard FileManager.default.isExecutableFile(atPath: "\(packages)/python") else {
      throw GymnasiumReference.Unavailable(
        description: "no Gymnasium in \(packages): run ops/bootstrap --test")
    }
    interpreter = PythonInterpreter(
      environment: ProcessInfo.processInfo.environment.merging([
        "CHROMATIC_PYTHON": "\(packages)/python", "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": "\(directory.path):\(packages)", "PYTHONDONTWRITEBYTECODE": "1",
      ]) { $1 })
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// The description of an environment as this Python has it.
  func describe(_ settings: EnvironmentSettings) throws(EnvironmentError) -> EnvironmentDescription
  {
    try BridgeEnvironment.describe(settings, python: interpreter)
  }

  /// An environment as this Python has it.
  func make(_ settings: EnvironmentSettings) throws(EnvironmentError) -> any Environment {
    try describe(settings).make()
  }

  /// The text of the file `name` in the directory, once it is there.
  func text(of name: String) -> String? {
    try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
  }
}
