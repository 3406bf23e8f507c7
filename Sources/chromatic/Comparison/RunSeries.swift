import Foundation
import RunPlan

/// The histories of several runs that differ by their seeds.
struct RunSeries {
  /// As it was given.
  let name: String
  let histories: [RunHistory]

  /// The runs at `path`: a history, a run's directory, a directory with histories or runs in it, or a
  /// pattern of any of those.
  init(_ path: String) throws(CommandError) {
    name = path
    var histories: [RunHistory] = []
    for place in try Self.matches(path) {
      for file in Self.files(at: place) { histories.append(try RunHistory(file)) }
    }
    guard !histories.isEmpty else {
      throw .data(
        "\(path) has no runs: expected a history such as train's history.jsonl, a run's directory, one that "
          + "holds several, or a pattern of these in quotes")
    }
    self.histories = histories
  }

  /// The environments in which its runs learn, by the policies that stand beside their histories.
  var environments: Set<String> {
    Set(
      histories.compactMap { history in
        let stem = history.path.dropLast("history.jsonl".count)
        guard history.path.hasSuffix("history.jsonl"),
          let policy = try? PolicyReader.read("\(stem)policy.json")
        else { return nil }
        return policy.environment.id
      })
  }

  /// What the shell would make of a pattern; the path itself where it is none.
  private static func matches(_ path: String) throws(CommandError) -> [String] {
    guard path.contains(where: { "*?[".contains($0) }),
      !FileManager.default.fileExists(atPath: path)
    else { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(path, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  private static func files(at path: String) -> [String] {
    if path.hasSuffix(".jsonl") { return [path] }
    let own = "\(path)/history.jsonl"
    if FileManager.default.fileExists(atPath: own) { return [own] }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return entries.sorted().compactMap { entry in
      if entry.hasSuffix(".jsonl") { return "\(path)/\(entry)" }
      let history = "\(path)/\(entry)/history.jsonl"
      return FileManager.default.fileExists(atPath: history) ? history : nil
    }
  }
}
