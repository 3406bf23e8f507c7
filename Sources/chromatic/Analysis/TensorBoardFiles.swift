import Foundation
import TensorBoard

/// The histories that `analyze` was given, as event files that TensorBoard reads.
enum TensorBoardFiles {
  /// Writes a directory for each history into `directory`, as TensorBoard tells runs apart; returns the paths.
  static func write(
    _ histories: [RunHistory], into directory: String
  ) throws(CommandError) -> [String] {
    guard !histories.isEmpty else {
      throw .usage("--tensorboard writes histories: give a .jsonl file or the directory of a run")
    }
    let names = FigureNames.of(histories.map(\.path)).map { $0.replacing("/", with: "-") }
    var paths: [String] = []
    for (name, history) in zip(names, histories) {
      let folder = "\(directory)/\(name)"
      let path = "\(folder)/events.out.tfevents.0.chromatic"
      let data = try events(of: history)
      try OutputFile.makeDirectory(folder)
      try OutputFile.write(data, to: path)
      paths.append(path)
    }
    return paths
  }

  private static func events(of history: RunHistory) throws(CommandError) -> Data {
    let run = OutputDirectory(path: (history.path as NSString).deletingLastPathComponent)
    let rows = run.historyPath == history.path ? run.timing().rows : []
    do {
      return try EventFile.encode(
        history.entries,
        seconds: Dictionary(rows.map { ($0.iteration, $0.seconds) }) { $1 })
    } catch {
      throw .unavailable("--tensorboard: \(error)")
    }
  }
}
