import RunPlan
import RunQueue

/// How long the episodes of each run take, and hence when one of them takes too long.
struct RolloutTimes {
  /// A task is issued again when it has taken this many median rollouts …
  static let factor = 4.0
  /// … and at least this many seconds: claiming, loading and delivering take their time, too.
  static let shortest = 1.0

  /// Seconds after which a task of a run is issued again, for every run seen lately.
  private(set) var patience: [RunID: Double] = [:]

  /// Learns from a complete iteration; after the last one its run is forgotten.
  mutating func note(_ material: IterationMaterial) {
    guard material.training != nil else { return patience[material.iteration.run] = nil }
    note(material.results, of: material.iteration.run)
  }

  /// Learns from the results of one of the run's iterations.
  mutating func note(_ results: [EvaluationResult], of run: RunID) {
    let seconds = results.compactMap { $0.episode?.seconds }.sorted()
    guard !seconds.isEmpty else { return }
    // A queue that runs pass through for months keeps no more than the last few in mind.
    if patience.count >= 100, patience[run] == nil { patience = [:] }
    patience[run] = max(Self.shortest, Self.factor * seconds[seconds.count / 2])
  }

  /// Learns about running runs not seen before from the results in place, once half are in; so an
  /// aggregator that has just started need not wait for an iteration to complete.
  mutating func recall(from store: any AggregatorStore) throws(StoreError) {
    let runs = try store.runs().filter { $0.value == .running && patience[$0.key] == nil }
    for run in runs.keys.sorted() {
      do throws(StoreError) {
        try recall(run, from: store)
      } catch {
        // A damaged run is found out where it is to be reduced.
        guard error.concernsOneRun else { throw error }
      }
    }
  }

  private mutating func recall(
    _ run: RunID, from store: any AggregatorStore
  ) throws(StoreError) {
    let state = try store.fields(["iteration", "expected"], in: .state, of: run)
    guard let iteration = state[0].flatMap(Int.init), iteration >= 0,
      let expected = state[1].flatMap(Int.init), expected > 0
    else { return }
    let place = IterationID(run: run, iteration: iteration)
    guard try 2 * store.resultCount(of: place) >= expected,
      let configuration = try? RunConfiguration(store.fields(.config, of: run))
    else { return }
    let texts = try store.results(of: place)
    let size = configuration.observationSize
    note(texts.values.compactMap { EvaluationResult(text: $0, observationSize: size) }, of: run)
  }
}
