import Foundation
import RunPlan
import StrictJSON

/// A run's history as a file holds it.
struct RunHistory {
  let path: String
  /// By ascending iteration, at least one.
  let entries: [HistoryEntry]

  /// Reads the file at `path`; the error names it, with the line that is damaged.
  init(_ path: String) throws(CommandError) {
    let data = try InputFile.read(
      path, expected: "a run's history such as train's history.jsonl")
    var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var entries: [HistoryEntry] = []
    for line in lines {
      let place = "\(path), line \(entries.count + 1)"
      do {
        try StrictJSON.check(line)
      } catch {
        throw .data("\(place): key '\(error.path)' stands twice: leave one of them")
      }
      guard let entry = HistoryEntry(line: String(decoding: line, as: UTF8.self)) else {
        throw .data("\(place): expected an iteration of a run's history, found something else")
      }
      if let last = entries.last, entry.iteration <= last.iteration {
        throw .data(
          "\(place): expected an iteration after \(last.iteration), found \(entry.iteration)")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else {
      throw .data("\(path) is empty: expected a run's history, one iteration a line")
    }
    self.path = path
    self.entries = entries
  }
}
