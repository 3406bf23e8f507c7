import Foundation
import LocalRing
import Testing

/// docs/tutorial.md as a reader goes through it, with fewer iterations.
@Suite struct TutorialTests {
  /// What is smaller here, elsewhere or found elsewhere; each has to be in the tutorial.
  private static let changes = [
    ("--iterations 60 --perturbations 40", "--iterations 2 --perturbations 4"),
    (#""iterations": 60"#, #""iterations": 2"#), (#""perturbations": 40"#, #""perturbations": 4"#),
    (#""seeds": 3"#, #""seeds": 2"#), ("--episodes 100", "--episodes 2"),
    ("CHROMATIC_PYTHON=python3 PYTHONPATH=$PWD", "PYTHONPATH=$PWD:$PYTHONPATH"),
    ("python3 policy.py", #""$CHROMATIC_PYTHON" policy.py"#), ("--dir /tmp", "--dir $PWD"),
  ]

  private static func tutorial() throws -> String {
    let path = URL(filePath: #filePath).appending(path: "../../../docs/tutorial.md").standardized
    var text = try String(contentsOf: path, encoding: .utf8)
    for (shown, here) in changes {
      #expect(text.contains(shown), "the tutorial should say \(shown)")
      text = text.replacing(shown, with: here)
    }
    return text
  }

  /// The texts between fences of a language.
  private static func blocks(_ language: String, of text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test func `every command of the tutorial works, and its figure is there`() async throws {
    let text = try Self.tutorial()
    let run = try GymnasiumRun(module: "dock", try #require(Self.blocks("python", of: text).first))
    let directory = run.directory.path
    let experiment = try #require(Self.blocks("json", of: text).first)
    try experiment.write(toFile: "\(directory)/dock.json", atomically: true, encoding: .utf8)
    let port = try PlainServer.freePort()
    let script =
      """
      set -euo pipefail
      cd '\(directory)'
      export PATH='\(Tool.products)':"$PATH"
      trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

      """ + Self.blocks("sh", of: text).joined().replacing("6399", with: String(port))
    try script.write(toFile: "\(directory)/commands.sh", atomically: true, encoding: .utf8)
    let log = "\(directory)/commands.log"
    let process = try ServiceProcess(
      "bash", arguments: ["\(directory)/commands.sh"], environment: run.variables, log: log,
      executablesIn: "/bin")
    let ending = try await eventually("the end of the tutorial", within: 400) { process.ending }
    let said = try String(contentsOfFile: log, encoding: .utf8)
    #expect(ending == .exited(code: 0), "\(said)")
    #expect(said.contains("ok  same seed"))
    #expect(said.contains("seed 1: return -"))
    for file in [
      "runs/dock/learning-curve.svg", "results/dock.md", "results/dock-Dock-returns.svg",
      "policy.c",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(directory)/\(file)"), "\(file): \(said)")
    }
    let table = try String(contentsOfFile: "\(directory)/results/dock.md", encoding: .utf8)
    #expect(table.contains("| unstructured, 128 weights |"))
  }
}
