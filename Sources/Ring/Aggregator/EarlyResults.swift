import RunPlan
import RunQueue

/// Results of iterations that are not complete yet, read while evaluators are at work on the others.
///
/// Only what succeeded is kept: it follows from the configuration and its index alone, so a result that
/// is read early is the one that is there in the end. One that failed may have been evaluated anew.
struct EarlyResults {
  /// How many new results are worth reading.
  let portion: Int
  /// Numbers that are held at most, of all runs: 64 MB.
  static let capacity = 8_000_000

  private struct Draft {
    let submission: String
    let configuration: RunConfiguration
    let iteration: IterationID
    var results: [Int: EvaluationResult] = [:]
    /// The least index that was not found yet.
    var next = 0
    /// How many results were there at the last look.
    var count = 0
  }

  private var drafts: [RunID: Draft] = [:]

  /// - Parameter portion: how many new results are worth reading; an iteration of two such is large.
  init(portion: Int = 500) { self.portion = portion }

  /// Whether there is an iteration of which results may be read.
  var isExpecting: Bool { !drafts.isEmpty }

  /// Begins with `iteration` if it is large, as far as there is room.
  mutating func begin(
    _ iteration: IterationID, of submission: String, _ configuration: RunConfiguration
  ) {
    drafts[iteration.run] = nil
    guard TaskSchedule(configuration).trainingCount >= 2 * portion,
      held + Self.numbers(configuration) <= Self.capacity
    else { return }
    drafts[iteration.run] = Draft(
      submission: submission, configuration: configuration, iteration: iteration)
  }

  /// Reads what has come since, where that is enough to be worth it; forgets what goes on no longer.
  mutating func read(from store: any AggregatorStore) throws(StoreError) {
    for run in drafts.keys.sorted() {
      guard var draft = drafts.removeValue(forKey: run) else { continue }
      do throws(StoreError) {
        let count = try store.resultCount(of: draft.iteration)
        if count <= draft.count, try !Self.stands(draft.iteration, in: store) { continue }
        draft.count = count
        if count - draft.results.count >= portion { try read(&draft, from: store) }
      } catch {
        // What is damaged is found out where it is to be reduced.
        guard error.concernsOneRun else { throw error }
        continue
      }
      drafts[run] = draft
    }
  }

  /// Hands over what was read of `iteration`.
  mutating func take(
    _ iteration: IterationID, of submission: String, _ configuration: RunConfiguration
  ) -> [Int: EvaluationResult] {
    guard let draft = drafts.removeValue(forKey: iteration.run), draft.iteration == iteration,
      draft.submission == submission, draft.configuration == configuration
    else { return [:] }
    return draft.results
  }

  /// Tasks are taken in the order of their indices, so what has come lies near the first gap.
  private func read(
    _ draft: inout Draft, from store: any AggregatorStore
  ) throws(StoreError) {
    let all = draft.next..<TaskSchedule(draft.configuration).trainingCount
    let unknown = all.lazy.filter { [results = draft.results] in results[$0] == nil }
    let texts = try store.results(Array(unknown.prefix(2 * portion)), of: draft.iteration)
    for (index, text) in texts {
      let result = EvaluationResult(
        text: text, observationSize: draft.configuration.observationSize)
      if let result, result.episode != nil { draft.results[index] = result }
    }
    while draft.results[draft.next] != nil { draft.next += 1 }
  }

  /// Whether the run is in that iteration still.
  private static func stands(
    _ iteration: IterationID, in store: any AggregatorStore
  ) throws(StoreError) -> Bool {
    let state = try store.fields(["phase", "iteration"], in: .state, of: iteration.run)
    guard state[0].flatMap(RunPhase.init)?.isOver == false, let now = state[1].flatMap(Int.init)
    else { return false }
    // Until the controller has published it, the run is in the one before.
    return now == iteration.iteration || now == iteration.iteration - 1
  }

  private var held: Int { drafts.values.reduce(0) { $0 + Self.numbers($1.configuration) } }

  private static func numbers(_ configuration: RunConfiguration) -> Int {
    TaskSchedule(configuration).trainingCount * 2 * (configuration.observationSize + 4)
  }
}
