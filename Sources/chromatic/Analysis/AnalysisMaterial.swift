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
    guard FileManager.default.fileExists(atPath: directory.policyPath) else {
      throw .data(
        "\(path) has no policy: expected the directory of a run that is over, with policy.json and "
          + "history.jsonl")
    }
    policies.append((directory.policyPath, try PolicyReader.read(directory.policyPath)))
    histories.append(try RunHistory(directory.historyPath))
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
