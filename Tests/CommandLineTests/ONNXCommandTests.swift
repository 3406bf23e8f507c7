import Foundation
import ServerTestKit
import Testing

/// `export --format onnx` as a user calls it.
@Suite struct ONNXCommandTests {
  /// Of the project's own results: 17 weights on 943 edges.
  private let policy = URL(filePath: #filePath)
    .appending(path: "../../../docs/results/policies/HalfCheetah-v5-17.json").standardized.path

  @Test func `a model is written and described`() async throws {
    let run = try GymnasiumRun()
    let file = "\(run.directory.path)/policy.onnx"
    let printed = try await Tool.output(
      ["export", policy, "--format", "onnx", "-o", file], environment: run.variables)
    let model = try Data(contentsOf: URL(filePath: file))
    #expect(
      printed.hasPrefix(
        "\(file)  \(model.count) bytes: 17 weights shared by 943 edges, actions within "))
    #expect(model.range(of: Data("shared_weights".utf8)) != nil)
  }

  @Test func `a mistake is one line with its exit code, and no file`() async throws {
    let run = try GymnasiumRun(module: "onnx", "raise ModuleNotFoundError('none', name='onnx')")
    let file = "\(run.directory.path)/policy.onnx"
    let large = "\(run.directory.path)/large.json"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try text.replacing("\"sharedWeights\" : [", with: "\"sharedWeights\" : [\n 1e39,")
      .replacing("\"classes\" : 17", with: "\"classes\" : 18")
      .write(toFile: large, atomically: true, encoding: .utf8)
    for (arguments, line, code) in [
      ([policy], "--format onnx makes a binary file: name it with -o FILE", 64),
      ([policy, "-o", file], "--format onnx: its Python has no onnx: '", 69),
      ([large, "-o", file], "\(large): a number is beyond single precision", 65),
    ] as [([String], String, Int32)] {
      let tool = try await Tool.run(
        ["export", "--format", "onnx"] + arguments, environment: run.variables)
      try await tool.expectComplaint(line, code: code)
    }
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
