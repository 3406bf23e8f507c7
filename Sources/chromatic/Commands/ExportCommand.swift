import ArgumentParser
import ChromaticPolicy
import Foundation
import ONNXExport
import RunPlan

extension CSource.Arithmetic: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case c, json, binary, onnx
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a policy for use without Chromatic.",
    discussion: """
      c: one C99 file with constant tables and chromatic_act(observation, action), for a \
      microcontroller. json: dense matrices for any program. binary: the policy's bits behind a small \
      header, the smallest form. onnx: a model for ONNX runtimes, observation to action, float32, any \
      batch size; written by Python's onnx package (python3, or CHROMATIC_PYTHON).
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(help: "c, json, binary or onnx.")
  var format: Format

  @Option(
    help: ArgumentHelp(
      "How the C code computes: in floats, or in 16.16 fixed point where there is no FPU."))
  var arithmetic: CSource.Arithmetic?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write; onnx needs one. (default: standard output)", valueName: "file"))
  var output: String?

  func run() throws {
    guard format == .c || arithmetic == nil else {
      throw InvalidSetting("--arithmetic is for --format c: leave it out")
    }
    guard format != .onnx || output != nil else {
      throw InvalidSetting("--format onnx makes a binary file: name it with -o FILE")
    }
    let policy = try PolicyReader.read(policy)
    let data = try data(policy)
    guard let output else { return FileHandle.standardOutput.write(data) }
    try OutputFile.write(data, to: output)
    print("\(output)  \(note(policy, data.count))")
  }

  private func data(_ policy: Policy) throws -> Data {
    switch format {
    case .c: return Data(CSource(policy, arithmetic: arithmetic ?? .float).text.utf8)
    case .json: return try DenseJSON.encode(policy)
    case .binary:
      guard let bytes = CompactPolicy.encode(policy) else {
        throw CommandError.data(
          "\(self.policy) has more than 255 layers: export it as json")
      }
      return Data(bytes)
    case .onnx: return try onnx(policy)
    }
  }

  private func onnx(_ policy: Policy) throws(CommandError) -> Data {
    do {
      return try ONNXModel.encode(policy)
    } catch {
      switch error {
      case .beyondSinglePrecision: throw .data("\(self.policy): \(error)")
      case .python: throw .unavailable("--format onnx: \(error)")
      }
    }
  }

  private func note(_ policy: Policy, _ size: Int) -> String {
    switch format {
    case .c:
      let bytes = CSource(policy, arithmetic: arithmetic ?? .float).dataSize
      return "\(bytes) bytes of constant data when compiled"
    case .json: return "\(size) bytes"
    case .onnx:
      let classes = policy.partition.classCount
      return "\(size) bytes: \(classes) weights shared by \(policy.partition.keptEdgeCount) edges"
    case .binary:
      let header = CompactPolicy.headerSize(policy)
      return "\(size) bytes: \(header) of header, \(size - header) of weights and dictionary"
    }
  }
}
