import ArgumentParser
import Dashboard
import Foundation
import RunPlan

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Measures the structure of policies, how far they are apart, and runs over time.",
    discussion: """
      For each policy the displacement rank of its matrices (at most 2 if they were Toeplitz) and the \
      sizes of its classes; for policies of equal dimensions the variation of information between \
      their partitions (0: equal) and the adjusted Rand index (1: equal, about 0: unrelated); for \
      each history the entropy of the controller, the classes in use, the KL divergence of the \
      search step and the returns over time.
      """)

  @Argument(
    help: ArgumentHelp(
      "Policy files, histories (.jsonl), and directories of runs, which have both.",
      valueName: "path"), completion: .file())
  var paths: [String]

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write the variation of information between the policies as a picture, .svg or .pdf.",
      valueName: "file"), completion: .file(extensions: ["svg", "pdf"]))
  var svg: String?

  @Option(
    help: ArgumentHelp(
      "Write what can be drawn of class-sizes.svg, distances.svg and entropy.svg.",
      valueName: "directory"), completion: .directory)
  var figures: String?

  @Flag(help: "Write each of these figures as PDF, too.")
  var pdf = false

  @Option(
    help: ArgumentHelp(
      "Write the histories as TensorBoard event files, a directory each; needs Python's tensorboardX.",
      valueName: "directory"), completion: .directory)
  var tensorboard: String?

  @Option(
    help: ArgumentHelp(
      "Write the one history that is given as comma-separated values.", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Film how the partition of the one run that is given changed: .gif, .svg, .mp4 or .webm.",
      valueName: "file"), completion: .file(extensions: ["gif", "svg", "mp4", "webm"]))
  var partitionFilm: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "In that film only iterations that are multiples of this one, and the last.",
      valueName: "iterations"))
  var every = 1

  func run() throws {
    guard figures != nil || !pdf else {
      throw InvalidSetting("--pdf is for --figures DIRECTORY: give both, or leave it out")
    }
    guard partitionFilm != nil || every == 1 else {
      throw InvalidSetting("--every is for --partition-film FILE: give both, or leave it out")
    }
    let film = try partitionFilm.map { try PartitionFilmFile($0) }
    let picture = try svg.map { try FigureFile($0, flag: "--svg") }
    if pdf { try FigureFile.findConverter() }
    let material = try AnalysisMaterial(paths)
    let report = AnalysisReport(material)
    if let picture {
      if let reason = report.notCompared { throw CommandError.data("--svg: \(reason)") }
      guard let distances = report.distances else {
        throw InvalidSetting("--svg draws distances between policies: give at least two")
      }
      try picture.write(distances.figure.svg)
    }
    var written =
      try figures.map { directory in
        try AnalysisFigures(material, report.distances).write(into: directory, pdf: pdf)
      } ?? []
    if let tensorboard {
      written += try TensorBoardFiles.write(material.histories, into: tensorboard)
    }
    if let csv {
      guard material.histories.count == 1, let history = material.histories.first else {
        throw InvalidSetting("--csv writes one history: give one .jsonl file or directory of a run")
      }
      try OutputFile.write(Data(HistoryTable.text(history.entries).utf8), to: csv)
      written.append(csv)
    }
    if let film {
      try film.write(paths, every: every)
      written.append(film.path)
    }
    if json {
      try JSONOutput.print(report)
    } else {
      (report.lines + (written.isEmpty ? [] : [""] + written)).forEach { print($0) }
    }
  }
}
