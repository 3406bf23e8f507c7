import ChromaticPolicy
import Foundation
import Testing

@testable import ONNXExport

/// Exports that end in one line.
@Suite struct ONNXRefusalTests {
  private let policy = PolicyExample.all[0].policy

  /// The line of an export by the Python that the variables, beside this process's, describe.
  private func refusal(_ variables: [String: String]) throws -> String {
    let environment = try ONNXRuntime.variables().merging(variables) { $1 }
    let error = #expect(throws: ONNXExportError.self) {
      try ONNXModel.encode(policy, rule: nil, environment: environment)
    }
    return error?.description ?? ""
  }

  /// The line of an export where importing `onnx` runs `module`.
  private func refusal(importing module: String) throws -> String {
    let directory = FileManager.default.temporaryDirectory.appending(path: "onnx-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data(module.utf8).write(to: directory.appending(path: "onnx.py"))
    return try refusal(["PYTHONPATH": directory.path])
  }

  @Test func `a Python without onnx is named with the command that installs the pinned version`()
    throws
  {
    let line = try refusal(importing: "raise ModuleNotFoundError('no module', name='onnx')")
    #expect(line.hasPrefix("its Python has no onnx: '/"), "\(line)")
    let version = try ONNXRuntime.pinnedVersion()
    #expect(line.contains("install onnx==\(version)' installs it"), "\(line)")
    #expect(!line.contains("\n"))
  }

  @Test func `a Python that is not there is named with the variable that names another`() throws {
    #expect(
      try refusal(["CHROMATIC_PYTHON": "/nowhere/python"])
        == "Python cannot be started as '/nowhere/python' (No such file or directory): "
        + "install python3, or set CHROMATIC_PYTHON to an interpreter that has onnx")
  }

  @Test func `a Python that fails is named with its exit code`() throws {
    #expect(
      try refusal(["CHROMATIC_PYTHON": "/bin/false"]) == "its Python process ended (exit code 1)")
  }

  @Test func `an onnx that does not work is named with its own words`() throws {
    #expect(
      try refusal(importing: "raise ImportError('built for another Python')")
        == "its Python process ended (exit code 1); its last line was: "
        + "ImportError: built for another Python")
  }

  @Test func `a number beyond single precision is refused before Python starts`() throws {
    var large = policy
    large.sharedWeights[0] = 1e39
    var narrow = policy
    narrow.normalisation = Normalisation(
      mean: policy.normalisation.mean, deviation: [1e-46, 1, 1, 1, 1, 1])
    for example in [large, narrow] {
      #expect(throws: ONNXExportError.beyondSinglePrecision) {
        try ONNXModel.encode(
          example, rule: nil, environment: ["CHROMATIC_PYTHON": "/nowhere/python"])
      }
    }
  }
}
