import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import ONNXExport
import Programs
import PythonExport
import RunPlan

extension CSource.Arithmetic: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case c, json, binary, onnx, python
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a policy for use without Chromatic.",
    discussion: """
      c: one C99 file with constant tables and chromatic_act(observation, action), for a \
      microcontroller. json: dense matrices for any program. binary: the policy's bits behind a small \
      header, the smallest form. onnx: a model for ONNX runtimes, observation to action, float32, any \
      batch size; written by Python's onnx package (python3, or CHROMATIC_PYTHON). python: one file that needs numpy \
      alone, with Policy.act(observation), predict as Stable-Baselines3 has it, and run_episode by \
      Gymnasium where that is installed; the same actions, bit for bit.

      Each says how outputs, from −1 to 1, become actions (range or choice), for how many steps an action \
      is held, and the environment with its options.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Option(help: "c, json, binary, onnx or python.")
  var format: Format

  @Option(
    help: ArgumentHelp(
      "How the C code computes: in floats, or in 16.16 fixed point where there is no FPU."))
  var arithmetic: CSource.Arithmetic?

  @Option(
    name: [.long, .customLong("prefix")],
    help: "Begins the names of the C code's function and macros. (default: chromatic)")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Write a header for the C code, too.", valueName: "file.h"),
    completion: .file(extensions: ["h"]))
  var header: String?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write; onnx needs one. (default: standard output)", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Environment") var moved: MovedModel

  func run() throws {
    guard format == .c || arithmetic == nil else {
      throw InvalidSetting("--arithmetic is for --format c: leave it out")
    }
    guard format == .c || (name == nil && header == nil) else {
      throw InvalidSetting("--name and --header are for --format c: leave them out")
    }
    if let name, !CSource.isIdentifier(name) {
      throw InvalidSetting(
        "--name", is: "'\(name)'", expected: "a letter, then letters, digits and underscores")
    }
    guard format != .onnx || output != nil else {
      throw InvalidSetting("--format onnx makes a binary file: name it with -o FILE")
    }
    try OutputFile.checkDistinct([("--header", header), ("--output", output)])
    let policy = try moved.policy(self.policy)
    let rule = try actionRule(policy)
    let inputs = ClusteringInputs.standard(for: policy.architecture).prefix(128)
    let fidelity = ExportFidelity(policy, inputs: Array(inputs))
    let exported = try exported(policy, rule, fidelity)
    guard exported.error <= ExportFidelity.limit else {
      throw CommandError.data(
        "\(self.policy): in this form an action is off by up to \(Self.text(exported.error)) of −1 to 1, "
          + "expected at most \(ExportFidelity.limit): "
          + (arithmetic == .fixed ? "leave out --arithmetic fixed" : "export it as json"))
    }
    if let header { try OutputFile.write(Data(source(policy, rule).header.utf8), to: header) }
    guard let output else { return try StandardStreams.write(exported.data) }
    try OutputFile.write(exported.data, to: output)
    print("\(output)  \(exported.note), actions within \(Self.text(exported.error))")
  }

  /// What is written, what is said of it, and its largest error of an action.
  private struct Exported {
    var data: Data
    var note: String
    var error: Double
  }

  private static func text(_ error: Double) -> String {
    error == 0 ? "0" : String(format: "%.1g", error)
  }

  private func source(_ policy: Policy, _ rule: ActionRule?) -> CSource {
    CSource(policy, arithmetic: arithmetic ?? .float, name: name ?? "chromatic", rule: rule)
  }

  /// How the policy's environment takes its outputs; nil, and said, where it is not at hand. Throws where
  /// somebody says that it is.
  private func actionRule(_ policy: Policy) throws(CommandError) -> ActionRule? {
    let reason: String
    do throws(EnvironmentError) {
      let rule = try EnvironmentCatalog.make(policy.environment).actionRule
      if rule.size == policy.architecture.actionSize { return rule }
      reason = "\(policy.environment.id) takes \(rule.size) actions here"
    } catch {
      reason = moved.explained(error, of: policy)
    }
    guard moved.model == nil else { throw .data("\(self.policy): \(reason)") }
    let note =
      "\(self.policy): what is exported does not say how its outputs become actions: \(reason)"
    StandardStreams.say(note)
    return nil
  }

  private func exported(
    _ policy: Policy, _ rule: ActionRule?, _ fidelity: ExportFidelity
  ) throws -> Exported {
    switch format {
    case .c:
      let source = source(policy, rule)
      return Exported(
        data: Data(source.text.utf8),
        note: "\(source.dataSize) bytes of constant data when compiled",
        error: fidelity.error(of: arithmetic ?? .float))
    case .json:
      let data = try DenseJSON.encode(policy, rule: rule)
      return Exported(data: data, note: "\(data.count) bytes", error: 0)
    case .binary:
      let deployment = Deployment(rule, in: policy.environment)
      guard
        let (bytes, moments, error) = CompactPolicy.encode(
          policy, checkedBy: fidelity, deployment: deployment)
      else {
        throw CommandError.data("\(self.policy) has more than 255 layers: export it as json")
      }
      let header = CompactPolicy.headerSize(policy, moments: moments)
      let ending = CompactPolicy.bytes(of: deployment).count
      return Exported(
        data: Data(bytes),
        note:
          "\(bytes.count) bytes: \(header) of header, \(bytes.count - header - ending) of weights, "
          + "biases and dictionary, \(ending) of how to act", error: error)
    case .python:
      let data = Data(PythonSource(policy, rule: rule).text.utf8)
      return Exported(data: data, note: "\(data.count) bytes", error: 0)
    case .onnx:
      let data = try onnx(policy, rule)
      let classes = policy.partition.classCount
      return Exported(
        data: data,
        note:
          "\(data.count) bytes: \(classes) weights shared by \(policy.partition.keptEdgeCount) edges",
        error: fidelity.error(of: .float))
    }
  }

  private func onnx(_ policy: Policy, _ rule: ActionRule?) throws(CommandError) -> Data {
    do {
      return try ONNXModel.encode(policy, rule: rule)
    } catch {
      switch error {
      case .beyondSinglePrecision: throw .data("\(self.policy): \(error)")
      case .python: throw .unavailable("--format onnx: \(error)")
      }
    }
  }
}
