import ChromaticPolicy
import Figures
import Foundation
import RunPlan
import RunQueue

/// The best policies after some of a run's iterations: files of the run's directory, `policies/000012.json` for
/// the best one after iteration 12.
struct KeptPolicies {
  let path: String

  /// About so many are kept of a run of any length.
  private static let usualCount = 20

  /// Every how many of a run's `iterations` a policy is kept if nothing is said.
  static func usualInterval(iterations: Int) -> Int { max(1, iterations / usualCount) }

  /// Those that are due every `interval` iterations, by ascending iteration; throws if there is none, or if
  /// they are not of one run.
  func read(every interval: Int = 1) throws(CommandError) -> [PartitionFilm.Scene] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let iterations = names.compactMap(Self.iteration).sorted()
    var scenes: [PartitionFilm.Scene] = []
    for iteration in iterations where iteration % interval == 0 || iteration == iterations.last {
      let policy = try PolicyReader.read(file(iteration))
      if let first = scenes.first?.policy,
        first.architecture != policy.architecture || first.environment != policy.environment
      {
        throw .data(
          "\(file(iteration)) is a \(policy.architecture.sizes) policy of \(policy.environment), "
            + "\(file(scenes[0].iteration)) a \(first.architecture.sizes) policy of "
            + "\(first.environment): expected policies of one run")
      }
      scenes.append(PartitionFilm.Scene(iteration: iteration, policy: policy))
    }
    guard !scenes.isEmpty else {
      throw .data(
        "\(path) holds no policies: expected those that train keeps in a run's directory, unless "
          + "--keep-policies is 0")
    }
    return scenes
  }

  /// Whether the run has kept any.
  var exist: Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether the policy after that iteration is there.
  func holds(_ iteration: Int) -> Bool { FileManager.default.fileExists(atPath: file(iteration)) }

  /// Writes the policy after an iteration.
  func write(_ policy: Policy, after iteration: Int) throws(CommandError) {
    try OutputFile.makeDirectory(path)
    try OutputFile.write(PolicyFile.encode(policy), to: file(iteration))
  }

  private func file(_ iteration: Int) -> String { "\(path)/\(Self.name(iteration))" }

  private static func name(_ iteration: Int) -> String {
    let digits = "\(iteration)"
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
  }

  /// The iteration in a file's name; nil for other files.
  private static func iteration(_ name: String) -> Int? {
    let iteration = Int(name.prefix { $0.isNumber })
    return iteration.flatMap { self.name($0) == name ? $0 : nil }
  }
}

/// Keeps the best policy every few iterations while `train` looks at its run, without a say in the run.
struct PolicyKeeper {
  let kept: KeptPolicies
  /// Every how many iterations; 0 for never.
  let interval: Int
  /// History entries that were looked at.
  private var seen = 0

  init(_ kept: KeptPolicies, every interval: Int) {
    self.kept = kept
    self.interval = interval
  }

  /// Keeps what is due of the iterations that have ended since the last call.
  ///
  /// The finalists are read later than an iteration ends, but each says when it was found. An iteration whose
  /// best policies have all been displaced by later ones is left out: none is ever under a wrong number.
  mutating func keep(
    _ history: [HistoryEntry], of run: RunID, _ configuration: RunConfiguration,
    in store: any RunReader
  ) throws {
    let due = history[seen...].filter { isDue($0, configuration) }.map(\.iteration)
      .filter { !kept.holds($0) }
    if !due.isEmpty {
      let names = Finalists.fieldNames(limit: configuration.finalists)
      let values = try store.fields(names, in: .checkpoint, of: run)
      // What is damaged is said by the service that needs it.
      let finalists = try? Finalists(values, after: history.count)
      for iteration in due {
        guard
          let best = finalists?.policies.first(where: { $0.training.iteration <= iteration })
        else { continue }
        try kept.write(best, after: iteration)
      }
    }
    seen = history.count
  }

  private func isDue(_ entry: HistoryEntry, _ configuration: RunConfiguration) -> Bool {
    interval > 0
      && (entry.iteration % interval == 0 || entry.iteration + 1 == configuration.iterations
        || entry.stopped == true)
  }
}
