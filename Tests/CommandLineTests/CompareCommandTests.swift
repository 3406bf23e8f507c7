import Foundation
import ServerTestKit
import Testing

/// `chromatic compare` on the policies and histories of docs/results.
@Suite struct CompareCommandTests {
  private static let results =
    URL(filePath: #filePath).appending(path: "../../../docs/results").standardized.path
  private static let swimmer = "\(results)/policies/Swimmer-v5-4.json"
  private static let raw = "\(results)/raw/clustering"

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func value(_ object: [String: Any], _ path: String...) throws -> Double {
    var place: Any = object
    for key in path { place = try #require((place as? [String: Any])?[key]) }
    return try #require(place as? Double)
  }

  @Test func `a policy differs from itself by nothing, episode by episode`() async throws {
    let directory = try TestDirectory()
    let figure = "\(directory.path)/figure.svg"
    let text = try await Tool.output([
      "compare", Self.swimmer, Self.swimmer, "--episodes", "4", "--json", "--svg", figure,
    ])
    #expect(try await JSONSchema(name: "compare.json").objections(to: text) == "")
    let report = try object(text)
    #expect(try value(report, "difference", "value") == 0)
    #expect(try value(report, "difference", "interval", "lower") == 0)
    #expect(try value(report, "probabilityOfImprovement", "value") == 0.5)
    // The episodes are those of evaluate.
    let evaluated = try object(
      try await Tool.output(["evaluate", Self.swimmer, "--episodes", "4", "--json"]))
    #expect(try value(report, "a", "mean", "value") == value(evaluated, "mean"))
    #expect(try String(contentsOfFile: figure, encoding: .utf8).contains(#"class="point""#))
  }

  @Test func `series are compared by their last iterations, with curves and bands`() async throws {
    let directory = try TestDirectory()
    let figure = "\(directory.path)/figure.svg"
    let sides = ["17", "4"].map { "\(Self.raw)/HalfCheetah-v5-\($0)-s?.history.jsonl" }
    let text = try await Tool.output(["compare"] + sides + ["--json", "--svg", figure])
    #expect(try await JSONSchema(name: "compare.json").objections(to: text) == "")
    let report = try object(text)
    let returns = try #require((report["a"] as? [String: Any])?["returns"] as? [Double])
    let last = try (0..<5).map { seed -> Double in
      let file = "\(Self.raw)/HalfCheetah-v5-17-s\(seed).history.jsonl"
      let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      return try value(try object(String(try #require(lines.last))), "mean")
    }
    #expect(returns == last)
    let middle = last.sorted().dropFirst().dropLast().reduce(0, +) / 3
    #expect(abs(try value(report, "a", "interquartileMean", "value") - middle) < 1e-9)
    let difference = try value(report, "difference", "value")
    #expect(try value(report, "difference", "interval", "lower") <= difference)
    #expect(try String(contentsOfFile: figure, encoding: .utf8).contains(#"class="band""#))
    let again = try await Tool.output(["compare"] + sides + ["--json"])
    #expect(again == text)
    let told = try await Tool.output(["compare"] + sides)
    #expect(told.contains("P(A > B): ") && told.contains("IQM [95 %]"))
  }

  @Test(arguments: [
    ([swimmer, raw], 64, "Swimmer-v5-4.json is a policy and"),
    ([swimmer, "\(results)/policies/Hopper-v5-11.json"], 65, "expected one environment"),
    (["\(raw)/nothing-*", raw], 65, "nothing-* has no runs: expected a history"),
    ([swimmer, swimmer, "--episodes", "1"], 64, "--episodes is 1, expected 2 to 10000"),
    ([swimmer, swimmer, "--metric", "max"], 64, "--metric is of runs"),
    ([raw, raw, "--episodes", "9"], 64, "--episodes and --seed are of two policies"),
    (
      ["\(results)/raw/figure5", "\(results)/raw/figure3"], 65,
      "have runs of HalfCheetah-v5, Reacher-v5, Striker-v2, expected one environment"
    ),
  ])
  func `a mistake is one line`(arguments: [String], code: Int32, line: String) async throws {
    let tool = try await Tool.run(["compare"] + arguments)
    try await tool.expectComplaint(line, code: code)
  }
}
