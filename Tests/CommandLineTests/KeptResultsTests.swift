import Foundation
import LocalRing
import ServerTestKit
import Testing

/// docs/results: what is shown is what the raw runs give.
@Suite struct KeptResultsTests {
  private static let docs = URL(filePath: #filePath).appending(path: "../../../docs").standardized

  /// The files that `docs/results/tables` writes, by their path below docs.
  private static func made(in docs: URL) throws -> [String] {
    let results = try FileManager.default.subpathsOfDirectory(
      atPath: docs.appending(path: "results").path
    ).filter { path in
      [".svg", ".csv", ".md"].contains { path.hasSuffix($0) } && path != "README.md"
        && !path.hasPrefix("raw/")
    }
    return results.map { "results/\($0)" }.sorted() + ["images/pareto.svg"]
  }

  @Test func `tables and figures are those of the raw runs`() async throws {
    let directory = try TestDirectory()
    let copy = URL(filePath: "\(directory.path)/docs")
    let names = try Self.made(in: Self.docs)
    #expect(names.count > 40)
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for folder in ["images", "results"] {
      try FileManager.default.copyItem(
        at: Self.docs.appending(path: folder), to: copy.appending(path: folder))
    }
    for name in names { try FileManager.default.removeItem(at: copy.appending(path: name)) }
    let log = "\(directory.path)/log"
    let process = try ServiceProcess(
      "bash", arguments: ["\(copy.path)/results/tables", "\(Tool.products)/chromatic"], log: log,
      executablesIn: "/bin")
    let ending = try await eventually("the end of the tables", within: 400) { process.ending }
    let said = try String(contentsOfFile: log, encoding: .utf8)
    #expect(ending == .exited(code: 0), "\(said)")
    #expect(try Self.made(in: copy) == names)
    for name in names {
      let files = [Self.docs, copy].map { try? Data(contentsOf: $0.appending(path: name)) }
      #expect(files[0] == files[1], "docs/\(name) is not what docs/results/tables makes")
    }
  }
}
