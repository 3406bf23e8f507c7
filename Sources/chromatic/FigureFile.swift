import Foundation
import LocalRing

/// A figure's file: SVG, or the same as PDF, by the end of its name.
struct FigureFile {
  let path: String
  /// What makes PDF of SVG; nil for SVG.
  private let converter: String?

  /// The file at `path`, which `flag` names; throws if it is neither, or if the converter is missing.
  init(_ path: String, flag: String) throws {
    self.path = path
    switch (path as NSString).pathExtension.lowercased() {
    case "svg": converter = nil
    case "pdf": converter = try Self.findConverter()
    default:
      throw CommandError.usage("\(flag) is '\(path)', expected a name ending in .svg or .pdf")
    }
    try OutputFile.checkWritable(path)
  }

  /// Where the program is that makes PDF; throws, with the command that installs it, if it is missing.
  @discardableResult
  static func findConverter() throws(LocalRingError) -> String {
    try Program.find(
      "rsvg-convert", remedy: "apt-get install librsvg2-bin, or write a .svg, which needs nothing")
  }

  /// Writes a figure as SVG and, if `pdf`, as PDF beside it; returns the files' paths.
  @discardableResult
  static func write(_ svg: String, named name: String, pdf: Bool) throws -> [String] {
    try (["svg"] + (pdf ? ["pdf"] : [])).map { ending in
      let file = try FigureFile("\(name).\(ending)", flag: "the figure")
      try file.write(svg)
      return file.path
    }
  }

  /// Writes the figure, whole or not at all.
  func write(_ svg: String) throws(CommandError) {
    let svg = Data(svg.utf8)
    guard let converter else { return try OutputFile.write(svg, to: path) }
    try OutputFile.write(try pdf(of: svg, converter), to: path)
  }

  /// The same figure as PDF; equal figures give equal bytes on one machine.
  private func pdf(of svg: Data, _ program: String) throws(CommandError) -> Data {
    let process = Process()
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--format", "pdf"]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SOURCE_DATE_EPOCH": "0"]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw .unavailable("\(program) cannot be started: \(error.localizedDescription)")
    }
    // It reads all before it writes; what it says of a failure is short.
    try? input.fileHandleForWriting.write(contentsOf: svg)
    try? input.fileHandleForWriting.close()
    let pdf = output.fileHandleForReading.readDataToEndOfFile()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, pdf.starts(with: Data("%PDF".utf8)) else {
      let reason = said.split(whereSeparator: \.isNewline).last ?? "it gave no reason"
      throw .cannotWrite("\(path) cannot be written: rsvg-convert: \(reason)")
    }
    return pdf
  }
}
