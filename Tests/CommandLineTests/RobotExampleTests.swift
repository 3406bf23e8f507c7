import ChromaticPolicy
import Foundation
import Testing

/// docs/examples/robot, a package that depends on the product ChromaticPolicy alone, beside `evaluate`.
@Suite struct RobotExampleTests {
  private struct Evaluation: Decodable {
    struct Rollout: Decodable {
      var resetSeed: Int
      var `return`: Double
    }
    var rollouts: [Rollout]
  }

  /// The program as `make example` builds it.
  private static let program = URL(filePath: #filePath)
    .appending(path: "../../../.build/robot/debug/robot").standardized.path

  /// Steps Gymnasium's pendulum with what the program named first says, one line each way.
  private static let drive = """
    import gymnasium, json, subprocess, sys
    import numpy as np
    program, policy = sys.argv[1:]
    for one in json.load(open("evaluation.json"))["rollouts"]:
        robot = subprocess.Popen([program, policy], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        env = gymnasium.make("Pendulum-v1", disable_env_checker=True)
        observation, _ = env.reset(seed=one["resetSeed"])
        total, over = 0.0, False
        while not over:
            robot.stdin.write(" ".join(repr(float(number)) for number in observation) + "\\n")
            robot.stdin.flush()
            action = np.array(robot.stdout.readline().split(), dtype=np.float32)
            observation, reward, terminated, truncated, _ = env.step(action)
            total, over = total + float(reward), terminated or truncated
        robot.stdin.close()
        assert robot.wait() == 0
        print(total)
    """

  @Test func `a robot's returns are those of the policy that it was given`() async throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: Self.program),
      "\(Self.program) is missing: make example")
    let run = try GymnasiumRun()
    let exported = "\(run.directory.path)/policy.bin"
    // In single precision, so that the exported file is the same policy.
    let policy = Self.policy()
    let file = "\(run.directory.path)/policy.json"
    try PolicyFile.encode(policy).write(to: URL(filePath: file))
    try await Tool.output(
      ["export", file, "--format", "binary", "-o", exported], environment: run.variables)
    let text = try await Tool.output(
      ["evaluate", file, "--json", "--episodes", "3"], environment: run.variables)
    try text.write(
      toFile: "\(run.directory.path)/evaluation.json", atomically: true, encoding: .utf8)
    try Self.drive.write(
      toFile: "\(run.directory.path)/drive.py", atomically: true, encoding: .utf8)
    let printed = try await run.python("drive.py '\(Self.program)' '\(exported)'")
    let rollouts = try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)).rollouts
    #expect(printed.split(separator: "\n").map { Double($0) } == rollouts.map(\.return))
    #expect(Set(rollouts.map(\.return)).count == 3)
  }

  /// Of numbers that single and half precision hold, so that nothing is lost in the exported file.
  private static func policy() -> Policy {
    let architecture = Architecture(observationSize: 3, hiddenSizes: [4], actionSize: 1)
    return Policy(
      environment: "gym:Pendulum-v1", architecture: architecture,
      partition: Partition(classes: (0..<16).map { Int32($0 * $0 % 3) }, classCount: 3),
      parameters: [0.75, -1.5, 0.375, 0.25, -0.5, 0.125, 1],
      normalisation: Normalisation(mean: [0.25, -0.5, 0], deviation: [0.5, 1, 4]),
      training: .init(seed: 0, iteration: 0, controller: "fixed"))
  }
}
