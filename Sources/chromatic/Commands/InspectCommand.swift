import ArgumentParser
import ChromaticPolicy
import Figures
import Foundation
import ReadableNumbers
import RunPlan

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows a policy: its weights, compression, bits and partition.",
    discussion: """
      --figure draws for a paper what --svg draws for a screen: as wide as a column, type of 7 points, no \
      heading, every class named. A name ending in .pdf makes a PDF with its fonts embedded, for which \
      rsvg-convert has to be installed (apt-get install librsvg2-bin). Side by side, the colours of up to 17 \
      classes are told apart by readers with any colour vision; to look a class up, read its number: a wider \
      figure has it in every cell.
      """)

  @Argument(help: "A policy file.", completion: .file(extensions: ["json"]))
  var policy: String

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp("Write the partition as a picture, .svg or .pdf.", valueName: "file"),
    completion: .file(extensions: ["svg", "pdf"]))
  var svg: String?

  @Option(
    help: ArgumentHelp("Write a figure for a paper, .svg or .pdf.", valueName: "file"),
    completion: .file(extensions: ["svg", "pdf"]))
  var figure: String?

  @Option(help: "What that figure shows: matrices or network. (default: matrices)")
  var figureForm: PaperFigure.Form?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How wide it is, in inches. (default: 3.25)", valueName: "inches"))
  var figureWidth: Double?

  func run() throws {
    guard figure != nil || figureForm == nil && figureWidth == nil else {
      throw InvalidSetting(
        "--figure-form and --figure-width are of --figure FILE: give it, or leave them out")
    }
    let inches = figureWidth ?? 3.25
    guard (1...20).contains(inches) else {
      throw InvalidSetting("--figure-width", is: inches, expected: "1 to 20 inches")
    }
    try OutputFile.checkDistinct([("--svg", svg), ("--figure", figure)])
    let picture = try svg.map { try FigureFile($0, flag: "--svg") }
    let printed = try figure.map { try FigureFile($0, flag: "--figure") }
    let policy = try PolicyReader.read(policy)
    try picture?.write(PartitionFigure.svg(of: policy))
    try printed?.write(PaperFigure(policy, form: figureForm ?? .matrices, inches: inches).svg())
    if json {
      try JSONOutput.print(Report(policy))
    } else {
      PolicySummary(policy).lines.forEach { print($0) }
      PartitionTerminalView(policy).lines(width: Terminal.width, colour: Terminal.colour)
        .forEach { print($0) }
    }
  }

  private struct Report: Encodable {
    var environment: EnvironmentSettings
    var architecture: String
    var policyClass: String
    var classes: Int
    var weights: Int
    var parameters: Int
    var compression: Double
    var bits: Int
    var classSizes: [Int]
    var sharedWeights: [Double]
    var evaluation: Policy.Evaluation?
    var training: Policy.Training

    init(_ policy: Policy) {
      let accounting = policy.accounting
      environment = policy.environment
      architecture = policy.architecture.sizes
      policyClass = policy.architecture.name
      classes = policy.partition.classCount
      weights = accounting.weights
      parameters = accounting.parameters
      compression = accounting.compression
      bits = accounting.bits
      classSizes = policy.partition.classSizes
      sharedWeights = policy.sharedWeights
      evaluation = policy.evaluation
      training = policy.training
    }
  }
}

extension PaperFigure.Form: ExpressibleByArgument {}

/// A policy in a few lines of text.
struct PolicySummary {
  let policy: Policy

  init(_ policy: Policy) { self.policy = policy }

  var lines: [String] {
    let accounting = policy.accounting
    let architecture = policy.architecture
    let compression = String(format: "%.1f", accounting.compression * 100)
    var lines = [
      "policy       \(policy.environment), \(architecture.sizes) (\(architecture.name))",
      "weights      \(accounting.weights) shared by \(architecture.edgeCount) edges, "
        + "\(policy.partition.usedClassCount) in use",
      "parameters   \(accounting.parameters) with biases\(policy.biasClasses == nil ? "" : ", which share them"), \(compression) % compression",
      "bits         \(accounting.bits) with the partition's dictionary",
      "training     \(policy.training.controller) controller, seed \(policy.training.seed), "
        + "iteration \(policy.training.iteration)",
    ]
    if let evaluation = policy.evaluation {
      let figure = { (value: Double) in value.returnText(.plain) }
      lines.append(
        "return       mean \(figure(evaluation.mean)), std \(figure(evaluation.std)), "
          + "\(evaluation.episodes) episodes"
          + (evaluation.failed.map { ", \($0) of them failed" } ?? ""))
    }
    return lines
  }
}
