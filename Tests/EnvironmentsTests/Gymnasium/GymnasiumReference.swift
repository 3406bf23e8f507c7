import Foundation

/// Gymnasium itself, run live in a Python child process.
enum GymnasiumReference {
  struct Episode: Decodable {
    struct State: Decodable {
      let qpos: [Double]
      let qvel: [Double]
    }
    struct Step: Decodable {
      let action: [Double]
      let observation: [Double]
      let reward: Double
      let terminated: Bool
      let truncated: Bool
    }
    let state: State
    let first: [Double]
    let steps: [Step]
  }

  /// Moments of each component; one that varies by less than 1e-9 has no deviation and no kurtosis.
  struct Moments: Decodable {
    let mean: [Double]
    let deviation: [Double]
    let kurtosis: [Double]
  }

  /// What Gymnasium's environment takes.
  struct Signature: Decodable {
    let horizon: Int
    /// Keyword arguments of the simulation by name, defaults as text.
    let defaults: [String: String]
  }

  struct Unavailable: Error, CustomStringConvertible {
    let description: String
  }

  /// Episodes from Gymnasium's own initial states under random actions, `spread` times the range.
  ///
  /// There are `count` × `steps` steps; episodes that end early are followed by fresh ones.
  static func episodes(
    _ id: String, options: [String: String] = [:], count: Int, steps: Int, spread: Double
  ) throws -> [Episode] {
    struct Answer: Decodable { let episodes: [Episode] }
    return try run(
      Answer.self,
      ["episodes", id, keywords(options), "\(count)", "\(steps)", "\(spread)"]
    ).episodes
  }

  /// Moments of the first observation over `count` resets.
  static func resetMoments(
    _ id: String, options: [String: String] = [:], count: Int
  ) throws -> Moments {
    try run(Moments.self, ["resets", id, keywords(options), "\(count)"])
  }

  /// The environment's horizon and keyword arguments.
  static func signature(_ id: String) throws -> Signature {
    try run(Signature.self, ["signature", id, keywords([:])])
  }

  private static func keywords(_ options: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
  }

  private static func run<Answer: Decodable>(
    _ type: Answer.Type, _ arguments: [String]
  ) throws -> Answer {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "reference.py")
    let packages = URL(filePath: #filePath).appending(path: "../../../../.build/parity-python")
      .standardized
    let interpreter = packages.appending(path: "python")
    guard FileManager.default.isExecutableFile(atPath: interpreter.path) else {
      throw Unavailable(description: "no Gymnasium in \(packages.path): run ops/bootstrap --test")
    }
    let process = Process()
    process.executableURL = interpreter
    process.arguments = ["-s", script.path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONPATH": packages.path, "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let reason =
        String(decoding: complaint, as: UTF8.self).split(separator: "\n").last ?? "no reason"
      throw Unavailable(
        description: "Gymnasium failed (\(reason)): run ops/bootstrap --test to restore it")
    }
    return try JSONDecoder().decode(type, from: answer)
  }
}
