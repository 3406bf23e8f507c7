import Foundation

@testable import Environments

/// Gym's Striker and Thrower on MuJoCo's Python bindings, run live in a child process.
enum ArmReference {
  struct Episode: Decodable {
    struct Step: Decodable {
      let action: [Double]
      let observation: [Double]
      let reward: Double
    }
    struct State: Decodable {
      let qpos: [Double]
      let qvel: [Double]
      var whole: ReplayState { ReplayState(qpos: qpos, qvel: qvel) }
    }
    let state: State
    let first: [Double]
    let steps: [Step]
  }

  struct Unavailable: Error, CustomStringConvertible {
    let description = "the reference physics failed: run ops/bootstrap --test to restore them"
  }

  /// Episodes on the installed model `model`.
  static func episodes(
    _ id: String, model: String, count: Int, steps: Int, live: Bool
  ) throws -> [Episode] {
    struct Answer: Decodable { let episodes: [Episode] }
    let packages = URL(filePath: #filePath).appending(path: "../../../../.build/parity-python")
      .standardized
    let process = Process()
    process.executableURL = packages.appending(path: "python")
    process.arguments = [
      "-s", URL(filePath: #filePath).appending(path: "../arm_reference.py").standardized.path, id,
      try AssetDirectory.file(model, of: .optional), "\(count)", "\(steps)", live ? "1" : "0",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONPATH": packages.path, "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unavailable() }
    return try JSONDecoder().decode(Answer.self, from: answer).episodes
  }
}
