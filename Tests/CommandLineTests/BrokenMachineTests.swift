import Foundation
import ServerTestKit
import Testing

/// Machines that cannot run a run, or run it otherwise, change no byte of it.
@Suite struct BrokenMachineTests {
  private static let run = SmallRun(
    settings: [
      "--iterations", "3", "--perturbations", "12", "--pivots", "2", "--evaluations", "1",
      "--finalists", "1", "--finalist-episodes", "1", "--hidden", "6", "--partitions", "4",
      "--horizon", "50", "--initial-deviation", "0.3", "--seed", "7",
    ], environment: "InvertedPendulum-v5", iterations: 3)

  /// A copy of the model files in which gravity is another.
  private func edited(in directory: TestDirectory) throws -> String {
    let assets = "\(directory.path)/edited"
    try FileManager.default.copyItem(
      atPath: "/usr/local/share/chromatic/assets", toPath: assets)
    let model = URL(filePath: "\(assets)/inverted_pendulum.xml")
    let text = try String(contentsOf: model, encoding: .utf8)
    let other = text.replacing("gravity=\"0 0 -9.81\"", with: "gravity=\"0 0 -3.7\"")
    #expect(other != text)
    try Data(other.utf8).write(to: model)
    return assets
  }

  @Test func `machines without the model, or with an edited one, leave the run to others`()
    async throws
  {
    let reference = try await Self.run.trained()
    let queue = try QueueUnderTest(evaluators: 0)
    let assets = try edited(in: queue.directory)
    try await queue.output(
      "submit", Self.run.environment, "--name", "a", settings: Self.run.settings)
    let broken = [
      try queue.start("evaluator", environment: ["CHROMATIC_ASSETS": "/nonexistent"]),
      try queue.start("evaluator", environment: ["CHROMATIC_ASSETS": assets]),
    ]
    _ = try await broken[0].errorLine(containing: "/nonexistent")
    _ = try await broken[1].errorLine(containing: "where the run was submitted")
    try await eventually("both say so") {
      let status = try await queue.output("status")
      return status.components(separatedBy: "cannot run a: ").count > 2 ? true : nil
    }
    _ = try queue.start("evaluator")
    #expect(try await queue.outcome() == reference)
  }

  /// `breaks`: every step raises; `crashes`: every third episode's second step does.
  private static let module = """
    import gymnasium, numpy

    class Own(gymnasium.Env):
        observation_space = gymnasium.spaces.Box(-9.0, 9.0, (2,))
        action_space = gymnasium.spaces.Box(-1.0, 1.0, (1,))

        def __init__(self, breaks=False):
            self.breaks = breaks

        def reset(self, *, seed=None, options=None):
            self.crashes, self.step_number = seed % 3 == 0, 0
            return numpy.array([0.5, 0.25]), {}

        def step(self, action):
            self.step_number += 1
            if self.breaks or self.crashes and self.step_number == 2:
                raise RuntimeError("the motor is gone")
            return numpy.array([0.5, 0.25]), 100.0, self.step_number == 4, False, {}

    gymnasium.register("Own-v0", Own, max_episode_steps=4)
    """

  @Test func `an environment whose every step breaks is refused before a run begins`()
    async throws
  {
    let gymnasium = try GymnasiumRun(Self.module)
    let train = try await Tool.run(
      gymnasium.train("gym:own:Own-v0", into: "run", evaluators: 1)
        + ["--env-option", "breaks=True"], environment: gymnasium.variables)
    try await train.expectComplaint("the motor is gone", code: 65)
    #expect(!FileManager.default.fileExists(atPath: "\(gymnasium.directory.path)/run"))
  }

  @Test func `episodes that crash are counted on screen, in history, policy and evaluate`()
    async throws
  {
    let gymnasium = try GymnasiumRun(Self.module)
    let train = try await Tool.run(
      gymnasium.train("gym:own:Own-v0", into: "run", evaluators: 2),
      environment: gymnasium.variables)
    #expect(try await train.ending() == .exited(code: 0), "\(train.errors)")
    #expect(train.output.contains("evaluations, the last: "), "\(train.output)")
    #expect(train.output.contains("the motor is gone"))
    let outcome = try SmallRun.Outcome(in: "\(gymnasium.directory.path)/run")
    let history = String(decoding: outcome.history, as: UTF8.self)
    #expect(history.contains("\"failureReturn\":0"))
    #expect(!history.contains("\"mean\":400,"))
    let evaluate = try await Tool.run(
      ["evaluate", "\(gymnasium.directory.path)/run/policy.json", "--json", "--episodes", "30"],
      environment: gymnasium.variables)
    #expect(try await evaluate.ending() == .exited(code: 0))
    #expect(evaluate.errors.contains("of 30 episodes failed and count 0.0 each"))
    #expect(evaluate.output.contains("null") && !evaluate.output.contains("\"failed\":0"))
    try await expectJudgements(gymnasium)
  }

  /// `compare` and `experiment` say so, too; of a policy that cannot be played at all an experiment writes
  /// the rest.
  private func expectJudgements(_ gymnasium: GymnasiumRun) async throws {
    let folder = gymnasium.directory.path
    let policy = "\(folder)/run/policy.json"
    let compare = try await Tool.run(
      ["compare", policy, policy, "--episodes", "30"], environment: gymnasium.variables)
    #expect(compare.errors.contains("of 30 episodes failed and count 0.0 each"))

    let file = "\(folder)/own.json"
    let text = """
      {"iterations": 3, "seeds": 1, "environments": ["gym:own:Own-v0", {"id": "Pendulum-v1", "name": "near"}]}
      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let runs = "\(folder)/kept"
    try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
    let near = "\(folder)/near"
    try await Tool.output(SmallRun.tinyPendulum([]).train(into: near, evaluators: 1))
    for (name, run) in [
      ("own-gymownOwn-v0-chromatic-3-s0", "\(folder)/run"), ("own-near-chromatic-3-s0", near),
    ] {
      for kind in ["policy.json", "history.jsonl"] {
        try String(contentsOfFile: "\(run)/\(kind)", encoding: .utf8)
          .replacing("\"seed\" : 7", with: "\"seed\" : 0")
          .write(toFile: "\(runs)/\(name).\(kind)", atomically: true, encoding: .utf8)
      }
    }
    let experiment = [
      "experiment", file, "--from", runs, "--episodes", "30", "--output", "\(folder)/tables",
    ]
    let elsewhere = try await Tool.run(experiment)
    try await elsewhere.expectComplaint(
      "the policies of 1 of 2 runs cannot be played on this machine: own-gymown", code: 65)
    #expect(elsewhere.output.contains("not judged  own-gym"), "\(elsewhere.output)")
    var table = try String(contentsOfFile: "\(folder)/tables/own.md", encoding: .utf8)
    #expect(table.contains("2 of 2 runs finished, 1 not judged, at most"), "\(table)")
    #expect(table.contains("was not judged."))
    let here = try await Tool.run(experiment, environment: gymnasium.variables)
    #expect(try await here.ending() == .exited(code: 0), "\(here.errors)")
    #expect(here.errors.contains("of 30 episodes failed and count 0.0 each"))
    table = try String(contentsOfFile: "\(folder)/tables/own.md", encoding: .utf8)
    #expect(table.contains("of 30 episodes failed and count 0.0 each."), "\(table)")
    let csv = try String(contentsOfFile: "\(folder)/tables/own.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[0][8] == "failed_episodes" && rows[1][8] != "0" && rows[2][8] == "0", "\(csv)")
  }
}
