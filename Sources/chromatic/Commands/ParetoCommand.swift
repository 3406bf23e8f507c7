import ArgumentParser
import ChromaticPolicy
import Figures
import Foundation
import RunPlan
import StrictJSON

struct ParetoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pareto",
    abstract: "Draws the returns of policies against the bits that store them.",
    discussion: """
      One panel for each environment, and the policies that no smaller one reaches. A policy's return is that of \
      the file NAME.evaluation.json beside NAME.policy.json where there is one, as experiments leave it, else the \
      one in the policy file; a policy without a return is left out and named.
      """)

  @Argument(
    help: ArgumentHelp(
      "Policy files, and directories with policies at any depth.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Option(
    name: [.customShort("o"), .long], help: "Where the picture goes, .svg or .pdf.",
    completion: .file(extensions: ["svg", "pdf"]))
  var output: String

  func run() throws {
    let file = try FigureFile(output, flag: "--output")
    let policies = try paths.flatMap(files).map { ($0, try PolicyReader.read($0)) }
    let points = try policies.compactMap { path, policy in
      let evaluation = try judgement(beside: path) ?? policy.evaluation
      if evaluation == nil { print("\(path)  left out: it has no return") }
      return evaluation.map {
        ParetoFigure.Point(
          environment: policy.environment.id, series: Self.series(policy),
          bits: policy.accounting.bits, value: $0.mean)
      }
    }
    let figure = ParetoFigure(points)
    guard !figure.points.isEmpty else {
      throw InvalidSetting("no policy with a return is in \(paths.joined(separator: " "))")
    }
    try file.write(figure.svg())
    print("\(output)  \(figure.points.count) policies")
  }

  /// What made the partition: the controller of a chromatic policy, else the policy's class.
  private static func series(_ policy: Policy) -> String {
    policy.policyClass == .chromatic
      ? "\(policy.training.controller)\(policy.biasClasses == nil ? "" : ", biases shared")"
      : policy.policyClass.rawValue
  }

  /// The policy files at `path`, in order of their names.
  private func files(at path: String) throws -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { return [path] }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter(Self.isPolicy).sorted().map { "\(path)/\($0)" }
  }

  /// JSON files but for judgements and configurations.
  private static func isPolicy(_ name: String) -> Bool {
    let file = URL(fileURLWithPath: name).lastPathComponent
    return file.hasSuffix(".json") && !file.hasSuffix(".evaluation.json")
      && !file.hasSuffix("config.json")
  }

  private func judgement(beside path: String) throws(CommandError) -> Policy.Evaluation? {
    let file = path.replacing(".policy.json", with: ".evaluation.json")
    guard path.hasSuffix(".policy.json"), let data = FileManager.default.contents(atPath: file)
    else { return nil }
    do {
      return try StrictJSON.decode(Policy.Evaluation.self, from: data)
    } catch {
      let reason =
        (error as? any JSONFault)?.description ?? "expected mean, std, min, max and episodes"
      throw .data("\(file) is no usable evaluation: \(reason)")
    }
  }
}
