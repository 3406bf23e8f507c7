import Foundation
import RedisQueue
import ServerTestKit
import Testing

/// `chromatic experiment FILE`.
@Suite struct ExperimentFileTests {
  private static let examples =
    URL(filePath: #filePath).appending(path: "../../../docs/examples/experiments").standardized.path

  @Test func `a file gives runs, tables with intervals, and figures`() async throws {
    let queue = try QueueUnderTest(evaluators: 2)
    let file = "\(queue.directory.path)/steps.json"
    let text = """
      {"title": "Two steps, two tasks", "iterations": 3, "seeds": 3,
       "settings": {"hidden": "none", "partitions": 2, "perturbations": 4, "pivots": 1, "evaluations": 1,
                    "horizon": 20, "finalists": 1, "finalist-episodes": 1},
       "environments": [
         {"id": "Pendulum-v1", "name": "heavy", "settings": {"env-option": ["g=20"]}, "zero": -200, "one": 0},
         {"id": "MountainCarContinuous-v0", "iterations": 4, "zero": -100, "one": 100}],
       "series": [{"name": "one", "in": {"heavy": {"reported": {"return": -151}}}}],
       "sweep": {"step-size": [0.02, "0.1:0.01"]},
       "compare": [["one, step-size 0.02", "one, step-size 0.1:0.01"]]}
      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let output = "\(queue.directory.path)/results"
    let said = try await Tool.output([
      "experiment", file, "--episodes", "2", "--output", output, "--redis", queue.url,
    ])
    #expect(said.contains("steps: 12 of 12 runs are over, 0 in the queue, 0 to come"))
    let table = try String(contentsOfFile: "\(output)/steps.md", encoding: .utf8)
    #expect(table.contains("# Two steps, two tasks (`chromatic experiment \(file)`)"))
    #expect(table.contains("| heavy | one, step-size 0.02 | 3 |"))
    #expect(table.contains("| -151 | – |"), "\(table)")
    let commands = table.split(separator: "\n").filter { $0.hasPrefix("chromatic submit ") }
    #expect(commands.count == 4, "\(table)")
    for command in commands {
      let isHeavy = command.contains("--env-option g=20")
      #expect(command.hasSuffix(" --iterations \(isHeavy ? 3 : 4)"), "\(command)")
    }
    #expect(table.contains("| P(X > Y)") && table.contains("| all |"))
    #expect(table.contains("on their common scale"))
    let runs = try FileManager.default.contentsOfDirectory(atPath: "\(output)/runs")
    let histories = runs.filter { $0.hasSuffix(".history.jsonl") }
    for name in histories {
      let lines = try String(contentsOfFile: "\(output)/runs/\(name)", encoding: .utf8)
        .split(separator: "\n").count
      #expect(lines == (name.contains("heavy") ? 3 : 4), "\(name)")
    }
    #expect(histories.count == 12)
    let statistics = try String(contentsOfFile: "\(output)/steps-statistics.csv", encoding: .utf8)
    let kinds = statistics.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    #expect(kinds.count { $0 == "iqm" } == 4)
    #expect(kinds.count { $0 == "probability_of_improvement" } == 3)
    #expect(kinds.count { $0 == "iqm_on_common_scale" } == 2)
    let curves = try String(contentsOfFile: "\(output)/steps-heavy.svg", encoding: .utf8)
    #expect(curves.contains(#"class="band""#))
    let returns = try String(contentsOfFile: "\(output)/steps-heavy-returns.svg", encoding: .utf8)
    #expect(returns.components(separatedBy: #"class="point""#).count == 7)
    try replace(
      "heavy-onestep-size002-3-s0", by: "heavy-onestep-size002-3-s1", in: "\(output)/runs")
    let again = try await Tool.output([
      "experiment", file, "--episodes", "2", "--output", output, "--redis", queue.url,
    ])
    #expect(again.contains("12 of 12 runs finished"))
    #expect(
      try String(contentsOfFile: "\(output)/steps-statistics.csv", encoding: .utf8) == statistics)
    try await expectTheSame(file, from: output)
    try await expectOthers(file, text, queue, output)
  }

  /// A run's files become another's, as if they stood there from before.
  private func replace(_ run: String, by other: String, in directory: String) throws {
    for kind in ["policy", "evaluation"] {
      let paths = [run, other].map { URL(filePath: "\(directory)/steps-\($0).\(kind).json") }
      try Data(contentsOf: paths[1]).write(to: paths[0])
    }
  }

  /// Runs of the same names that were submitted with other settings are no results of the file.
  private func expectOthers(
    _ file: String, _ text: String, _ queue: QueueUnderTest, _ output: String
  ) async throws {
    let other = text.replacing("\"perturbations\": 4", with: "\"perturbations\": 6")
    #expect(other != text)
    try other.write(toFile: file, atomically: true, encoding: .utf8)
    let tool = try await Tool.run([
      "experiment", file, "--episodes", "2", "--output", "\(output)-other", "--redis", queue.url,
      "--environment", "heavy", "--seeds", "1",
    ])
    try await tool.expectComplaint("2 of 2 runs will not finish by themselves: ", code: 65)
    let lines = tool.output.split(separator: "\n").filter { $0.hasPrefix("not finished  ") }
    #expect(lines.count == 2)
    #expect(
      lines.allSatisfy {
        $0.contains(
          "has other settings: perturbations 4 instead of 6; give the experiment another name")
      }, "\(tool.output)")
    let csv = try String(contentsOfFile: "\(output)-other/steps.csv", encoding: .utf8)
    #expect(csv.split(separator: "\n").count == 1, "\(csv)")
    let run = try #require(lines[0].split(separator: " ").dropFirst(2).first)
    try await queue.output("forget", "\(run)")
    let later = try await Tool.run([
      "experiment", file, "--output", "\(output)-other", "--redis", queue.url, "--environment",
      "heavy",
      "--seeds", "1",
    ])
    try await later.expectComplaint("2 of 2 runs will not finish by themselves: ", code: 65)
    #expect(
      later.output.contains(
        "not finished  \(run)  one of that name and other settings was forgotten in this queue"))
  }

  /// Without a queue its files are made anew from the runs that were kept, and say which are missing.
  private func expectTheSame(_ file: String, from output: String) async throws {
    let anew = "\(output)-anew"
    let command = ["experiment", file, "--episodes", "2", "--from", "\(output)/runs"]
    let said = try await Tool.output(command + ["--output", anew])
    #expect(said.contains("12 of 12 runs finished") && !said.contains("not there"))
    let names = try FileManager.default.contentsOfDirectory(atPath: output).sorted()
    let written = try FileManager.default.contentsOfDirectory(atPath: anew).sorted()
    #expect(written == names.filter { $0 != "runs" })
    for name in written {
      let files = [output, anew].map { FileManager.default.contents(atPath: "\($0)/\(name)") }
      #expect(files[0] == files[1], "\(name)")
    }
    let single = try await Tool.output(command + ["--output", "\(anew)-1", "--seeds", "1"])
    #expect(single.contains("4 of 4 runs finished"))
    let table = try String(contentsOfFile: "\(anew)-1/steps.md", encoding: .utf8)
    #expect(table.contains("| IQM |") && !table.contains("P(X > Y)"), "\(table)")
    let more = try await Tool.output(command + ["--output", anew, "--seeds", "4"])
    #expect(more.contains("12 of 16 runs finished"))
    #expect(more.split(separator: "\n").count { $0.hasPrefix("not there  steps-") } == 4, "\(more)")
    let short = try await Tool.output(command + ["--output", anew, "--scale", "0.75"])
    #expect(short.contains("Shortened: scale 0.75 of 3 to 4 iterations"), "\(short)")
    try replace(
      "heavy-onestep-size002-3-s0", by: "heavy-onestep-size002-3-s1", in: "\(output)/runs")
    try await Tool.run(command + ["--output", anew]).expectComplaint(
      "steps-heavy-onestep-size002-3-s0.policy.json is no policy of that run: its --seed is not the run's 0",
      code: 65)
    try await Tool.run(command + ["--output", anew, "--scale", "5"]).expectComplaint(
      "none of the experiment's 12 runs is there, expected files such as", code: 64)
  }

  @Test(arguments: ["sigma-sweep", "partitions"]) func `an example can be submitted`(name: String)
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let said = try await Tool.output([
      "experiment", "\(Self.examples)/\(name).json", "--no-wait", "--output",
      "\(queue.directory.path)/results", "--redis", queue.url,
    ])
    #expect(said.contains(" 0 to come"), "\(said)")
  }

  @Test(arguments: [
    ("[]", "the file is a list, expected an object"),
    ("{\"environments\": [}", "line 1 is no JSON"),
    ("{\"title\": \"x\", \"title\": \"y\"}", "key 'title' stands twice"),
    ("{\"series\": []}", "environments is missing, expected a list of them"),
    (#"{"environment": []}"#, "environment is no key here, expected name, title, iterations"),
    (#"{"environments": [7]}"#, "environments[0] is 7, expected an environment's id"),
    (
      #"{"environments": [{"id": "Hopper-v5", "iterations": 0}]}"#,
      "environments[0].iterations is 0, expected a whole number from 1 to 1000000"
    ),
    (
      #"{"environments": ["Hopper-v5", "Hopper-v5"]}"#,
      "environments[1] is 'Hopper-v5', expected a name that no other"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a", "settings": {"sgima": 1}}]}"#,
      "series[0].settings.sgima is no setting"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a", "settings": {"sigma": "big"}}]}"#,
      "series[0].settings.sigma is 'big', expected a number from 1e-9 to 1e9"
    ),
    (
      #"{"environments": ["Hopper-v5"], "settings": {"seed": 3}}"#,
      "settings.seed is the experiment's own"
    ),
    (
      #"{"environments": ["Hopper-v5"], "sweep": {"sigma": 0.1}}"#,
      "sweep.sigma is 0.1, expected a list of the values that sigma takes"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a"}], "compare": [["a", "b"]]}"#,
      "compare[0][1] is 'b', expected one of a"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a", "in": {"Ant-v5": {}}}]}"#,
      "series[0].in.Ant-v5 is no environment here, expected one of Hopper-v5"
    ),
    (
      #"{"environments": ["Hopper-v5"], "seeds": 0}"#,
      "seeds is 0, expected a whole number from 1 to 100"
    ),
    (
      #"{"environments": [{"id": "Hopper-v5", "seeds": 101}]}"#,
      "environments[0].seeds is 101, expected a whole number from 1 to 100"
    ),
    (
      #"{"environments": [{"id": "Hopper-v5", "seeds": 2}, "Swimmer-v5"], "series": [{"name": "a", "environments": ["Hopper-v5"]}, {"name": "b", "environments": ["Swimmer-v5"], "partition_from": {"environment": "Hopper-v5", "series": "a"}}]}"#,
      "series[1].partition_from.environment is 'Hopper-v5', expected an environment with as many seeds as Swimmer-v5, 5"
    ),
    (
      #"{"environments": ["Hoper-v5"]}"#,
      "environment Hoper-v5, series chromatic: unknown environment"
    ),
    (
      #"{"environments": ["Hopper-v5"], "settings": {"partitions": 0}}"#,
      "environment Hopper-v5, series chromatic: --partitions is 0"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a b"}, {"name": "ab"}]}"#,
      "series 'a b' and 'ab' of Hopper-v5 would have runs of one name"
    ),
    (
      #"{"environments": ["Hopper-v5"], "series": [{"name": "a", "partition_from": {"environment": "Hopper-v5", "series": "a"}}]}"#,
      "series[0].partition_from.series is 'a', expected a series of Hopper-v5 that finds its own"
    ),
  ])
  func `a mistake is one line with the file and the key`(text: String, line: String) async throws {
    let directory = try TestDirectory()
    let file = "\(directory.path)/mine.json"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let tool = try await Tool.run(["experiment", file, "--redis", "redis://127.0.0.1:1"])
    try await tool.expectComplaint("\(file): \(line)", code: 65)
  }

  @Test func `a file that is not there is named`() async throws {
    let tool = try await Tool.run(["experiment", "none.json"])
    try await tool.expectComplaint("none.json cannot be read", code: 65)
  }

  @Test(arguments: [
    ("--foo", "Unknown option '--foo'"), ("foo", "Unexpected argument 'foo'"),
    ("--sigma", "Missing value for '--sigma"), ("--help", "no request for help is one"),
    ("--seed 3", "--seed after -- is the experiment's own"),
    ("--iterations 7", "--iterations after -- is the experiment's own"),
    ("--sigma abc", "--sigma is 'abc', expected"),
    ("--replay-weight 1", "--replay-weight is nothing to --controller"),
  ])
  func `what stands after -- is checked first`(words: String, line: String) async throws {
    for place in [["--from", "/nonexistent"], ["--redis", "redis://127.0.0.1:1"]] {
      let tool = try await Tool.run(
        ["experiment", "table2"] + place + ["--"] + words.split(separator: " ").map(String.init))
      try await tool.expectComplaint(line, code: 64)
    }
  }
}
