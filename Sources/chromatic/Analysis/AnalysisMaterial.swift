import ChromaticPolicy
import Foundation

/// What `analyze` looks at, in the order of its arguments.
struct AnalysisMaterial {
  private(set) var policies: [(path: String, policy: Policy)] = []
  private(set) var histories: [RunHistory] = []

  /// Reads policy files, histories (`.jsonl`) and runs' directories, which hold one of each.
  init(_ paths: [String]) throws(CommandError) {
    for path in paths {
      if Self.isDirectory(path) {
        try addRun(in: path)
      } else if path.hasSuffix(".jsonl") {
        histories.append(try RunHistory(path))
      } else {
        policies.append((path, try PolicyReader.read(path)))
      }
    }
  }

  private mutating func addRun(in path: String) throws(CommandError) {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let directory = OutputDirectory(path: trimmed)
    let (policy, history) = (directory.policyPath, directory.historyPath)
    // A run that is not over, or was killed, has no policy yet.
    let hasPolicy = FileManager.default.fileExists(atPath: policy)
    guard hasPolicy || FileManager.default.fileExists(atPath: history) else {
      throw .data(
        "\(path) has neither policy.json nor history.jsonl: expected the directory of a run")
    }
    if hasPolicy { policies.append((policy, try PolicyReader.read(policy))) }
    histories.append(try RunHistory(history))
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
