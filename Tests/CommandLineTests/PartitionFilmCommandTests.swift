import Foundation
import ServerTestKit
import Testing

/// `analyze --partition-film` on the directory of a run.
@Suite struct PartitionFilmCommandTests {
  private let directory: TestDirectory
  private let run: String

  init() async throws {
    directory = try TestDirectory()
    run = "\(directory.path)/run"
    try await SmallRun.reference().write(into: run)
  }

  @Test func `partitions over time are a film, of the iterations that were asked for`()
    async throws
  {
    let policies = "\(run)/policies"
    try FileManager.default.createDirectory(atPath: policies, withIntermediateDirectories: false)
    for number in [0, 2, 3] {
      try await SmallRun.reference().policy.write(
        to: URL(fileURLWithPath: "\(policies)/00000\(number).json"))
    }
    for ending in ["gif", "svg"] {
      let film = "\(directory.path)/film.\(ending)"
      let printed = try await Tool.output(
        ["analyze", run, "--partition-film", film, "--every", "2"])
      #expect(printed.split(separator: "\n").last == film[...])
    }
    let svg = try String(contentsOfFile: "\(directory.path)/film.svg", encoding: .utf8)
    #expect(
      svg.matches(of: /iteration \d/).map { String($0.output) }.sorted() == [
        "iteration 0", "iteration 2", "iteration 3",
      ])
    let gif = try #require(FileManager.default.contents(atPath: "\(directory.path)/film.gif"))
    // A graphic control extension for each picture, half a second long.
    #expect(gif.ranges(of: Data([0x21, 0xF9, 4, 0, 50, 0])).count == 3)
  }

  @Test func `a film of partitions needs a run that kept its policies`() async throws {
    for (paths, film, line, code) in [
      (
        [run], "film.avi", "--partition-film is 'film.avi', expected a name ending in .gif, .svg",
        64
      ),
      ([run], "film.svg", "policies holds no policies: expected those that train keeps", 65),
      ([run, run], "film.svg", "--partition-film films one run", 64),
    ] as [([String], String, String, Int32)] {
      let tool = try await Tool.run(["analyze"] + paths + ["--partition-film", film])
      try await tool.expectComplaint(line, code: code)
    }
  }
}
