import Foundation
import ServerTestKit
import Testing

/// `chromatic experiment --from` with the runs that stand below docs/results/raw.
@Suite struct ExperimentRunFilesTests {
  private static let raw =
    URL(filePath: #filePath).appending(path: "../../../docs/results/raw").standardized.path

  @Test func `a run that was judged where it was interrupted counts and is told`() async throws {
    let directory = try TestDirectory()
    let run = "figure4-Walker2d-v5-pointer-300-s0"
    let command = [
      "experiment", "figure4", "--environment", "Walker2d-v5", "--series", "pointer", "--seeds",
      "1",
      "--from", directory.path, "--output", "\(directory.path)/tables",
    ]
    for kind in ["history.jsonl", "policy.json", "evaluation.json"] {
      try FileManager.default.copyItem(
        atPath: "\(Self.raw)/figure4/Walker2d-v5/\(run).\(kind)",
        toPath: "\(directory.path)/\(run).\(kind)")
    }
    let said = try await Tool.output(command)
    #expect(
      said.contains("0 of 1 runs finished, 1 judged where interrupted, at most 239 iterations"))
    let table = try String(contentsOfFile: "\(directory.path)/tables/figure4.md", encoding: .utf8)
    #expect(table.contains("\(run) after 239 of 300 iterations."), "\(table)")
    #expect(table.contains("| Walker2d-v5 | pointer | 1 | 3012 |"), "\(table)")
    let csv = try String(contentsOfFile: "\(directory.path)/tables/figure4.csv", encoding: .utf8)
    #expect(csv.contains("Walker2d-v5,pointer,0,false,239,3012"), "\(csv)")

    try FileManager.default.removeItem(
      atPath: "\(directory.path)/\(run).evaluation.json")
    let unjudged = try await Tool.output(command)
    #expect(unjudged.contains("0 of 1 runs finished, at most 239 iterations"), "\(unjudged)")
    let without = try String(
      contentsOfFile: "\(directory.path)/tables/figure4.csv", encoding: .utf8)
    #expect(without.contains("Walker2d-v5,pointer,0,false,239,,,0,0,"), "\(without)")
  }

  @Test func `a row tells how much its curves have gained in their last third`() async throws {
    let directory = try TestDirectory()
    let run = "figure4-Walker2d-v5-pointer-300-s0"
    for kind in ["history.jsonl", "policy.json", "evaluation.json"] {
      try FileManager.default.copyItem(
        atPath: "\(Self.raw)/figure4/Walker2d-v5/\(run).\(kind)",
        toPath: "\(directory.path)/\(run).\(kind)")
    }
    // 239 iterations: the sixth before the last stands at 100, the last, of 39, at 120.
    let history = "\(directory.path)/\(run).history.jsonl"
    let lines = try String(contentsOfFile: history, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 239)
    let curve = lines.enumerated().map { iteration, line in
      let mean = iteration < 161 ? 0 : iteration < 200 ? 100 : 120
      return line.replacing(/"mean":[^,}]+/, with: "\"mean\":\(mean)") + "\n"
    }
    try curve.joined().write(toFile: history, atomically: true, encoding: .utf8)
    _ = try await Tool.output([
      "experiment", "figure4", "--environment", "Walker2d-v5", "--series", "pointer", "--seeds",
      "1", "--from", directory.path, "--output", directory.path,
    ])
    let table = try String(contentsOfFile: "\(directory.path)/figure4.md", encoding: .utf8)
    #expect(table.contains(" | last third | "))
    #expect(table.contains("| 17 % | 17 |"), "\(table)")
    let csv = try String(contentsOfFile: "\(directory.path)/figure4.csv", encoding: .utf8)
    #expect(csv.contains(",last_third_gain,") && csv.contains(",\(20.0 / 120),"), "\(csv)")
  }

  @Test func `a row whose seeds keep different numbers of weights shows the least and the most`()
    async throws
  {
    let directory = try TestDirectory()
    let file = "\(directory.path)/table2.json"
    let text = """
      {"iterations": 100, "seeds": 2, "environments": [{"id": "HalfCheetah-v5", "seeds": 3}],
       "series": [{"name": "masked", "settings": {"policy": "masked"}},
                  {"name": "circulant", "settings": {"policy": "circulant"}}]}
      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let command = [
      "experiment", file, "--from", "\(Self.raw)/table2/HalfCheetah-v5", "--output", directory.path,
    ]
    let single = try await Tool.output(command + ["--seeds", "1"])
    #expect(single.contains("Full scale, 1 seed; 2 of 2 runs finished"), "\(single)")
    let said = try await Tool.output(command)
    #expect(said.contains("Full scale, 3 seeds; 6 of 6 runs finished"), "\(said)")
    let csv = try String(contentsOfFile: "\(directory.path)/table2.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "weights"))
    let masked = try rows.filter { $0[1] == "masked" }.map { try #require(Int($0[column])) }
    let (least, most) = (try #require(masked.min()), try #require(masked.max()))
    #expect(masked.count == 3 && least < most)
    let table = try String(contentsOfFile: "\(directory.path)/table2.md", encoding: .utf8)
    #expect(table.contains("| \(least) to \(most) | "), "\(table)")
    #expect(table.contains("| 82 | 88 % | 3936 |"), "\(table)")
  }
}
