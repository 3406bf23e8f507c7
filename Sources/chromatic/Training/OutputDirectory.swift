import ChromaticPolicy
import Dashboard
import Figures
import Foundation
import RunPlan
import StrictJSON

/// The directory a run on one machine lives in: its configuration, its server's data, its results.
struct OutputDirectory {
  let path: String

  var policyPath: String { "\(path)/policy.json" }
  var historyPath: String { "\(path)/history.jsonl" }
  var tablePath: String { "\(path)/history.csv" }
  var timingPath: String { "\(path)/timing.csv" }
  var configPath: String { "\(path)/config.json" }
  var curvePath: String { "\(path)/learning-curve.svg" }
  var partitionPath: String { "\(path)/partition.svg" }
  var policies: KeptPolicies { KeptPolicies(path: "\(path)/policies") }
  var serverPath: String { "\(path)/redis" }
  var logsPath: String { "\(path)/logs" }

  /// The run's configuration as the directory holds it, or nil if it holds no run.
  func configuration() throws(CommandError) -> RunConfiguration? {
    guard FileManager.default.fileExists(atPath: configPath) else { return nil }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: configPath))
      let configuration = try StrictJSON.decode(RunConfiguration.self, from: data)
      try configuration.validate()
      return configuration
    } catch let error as any JSONFault {
      throw .data("\(configPath) is no usable configuration: \(error)")
    } catch {
      throw .data("\(configPath) is no usable configuration: choose another --output directory")
    }
  }

  /// Makes the directory for a new run; throws if it holds anything of another one.
  ///
  /// Returns what takes everything back that is in it by then.
  @discardableResult
  func prepare(for configuration: RunConfiguration) throws(CommandError) -> () -> Void {
    let isNew = try checkVacant()
    let undo = { if isNew { remove() } else { empty() } }
    do {
      try OutputFile.makeDirectory(path)
      try write(configuration)
    } catch {
      undo()
      throw error
    }
    return undo
  }

  /// Writes the run's configuration.
  func write(_ configuration: RunConfiguration) throws(CommandError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(configuration) else {
      preconditionFailure("a validated configuration holds finite numbers")
    }
    try OutputFile.write(data + Data("\n".utf8), to: configPath)
  }

  /// Whether the directory is not there yet; throws if it is there and in use for something else.
  private func checkVacant() throws(CommandError) -> Bool {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return true
    }
    guard isDirectory.boolValue else {
      throw .usage("--output \(path) is a file: choose a directory")
    }
    // A tool killed at its very start leaves no more than a configuration that is not whole.
    let contents = contents.filter { "\(path)/\($0)" != configPath + OutputFile.partialSuffix }
    guard contents.isEmpty else {
      throw .usage(
        contents.contains("config.json")
          ? "--output \(path) holds another run: continue it with --resume or choose another "
            + "directory"
          : "--output \(path) is not empty: choose another directory")
    }
    return false
  }

  private var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  private func remove() { try? FileManager.default.removeItem(atPath: path) }

  private func empty() {
    for name in contents { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
  }

  /// When iterations ended in former sessions.
  func timing() -> TimingLog {
    TimingLog((try? String(contentsOfFile: timingPath, encoding: .utf8)) ?? "")
  }

  /// Writes when iterations ended, where that is known of any.
  func write(_ timing: TimingLog) throws(CommandError) {
    guard !timing.rows.isEmpty else { return }
    try OutputFile.write(Data(timing.text.utf8), to: timingPath)
  }

  /// Writes the history, its table and its curve.
  func write(history: [HistoryEntry], of configuration: RunConfiguration) throws(CommandError) {
    let lines = history.map { $0.line + "\n" }.joined()
    try OutputFile.write(Data(lines.utf8), to: historyPath)
    try OutputFile.write(Data(HistoryTable.text(history).utf8), to: tablePath)
    let curve = LearningCurve(history, of: configuration)
    try OutputFile.write(Data(curve.svg().utf8), to: curvePath)
  }

  /// Writes the policy and the picture of its partition.
  func write(_ policy: Policy) throws(CommandError) {
    try OutputFile.write(Data(PartitionFigure.svg(of: policy).utf8), to: partitionPath)
    try OutputFile.write(PolicyFile.encode(policy), to: policyPath)
  }
}
