import EvolutionStrategies
import RunPlan
import RunQueue

/// Directions of iterations that evaluators are at work on, drawn while there is nothing to reduce.
///
/// They follow from the configuration and the iteration's number alone, so the gradient has the same bits
/// whether they were drawn before or are drawn when it needs them.
struct DirectionsAhead {
  /// Numbers that are held at most, of all runs: 64 MB.
  static let capacity = 8_000_000
  /// Numbers drawn at a time, some four milliseconds' worth.
  static let slice = 250_000

  private struct Draft {
    let configuration: RunConfiguration
    let iteration: Int
    /// How many directions there will be.
    let count: Int
    var sampler: DirectionSampler
    var drawn: [[Double]] = []
  }

  private var drafts: [RunID: Draft] = [:]

  /// Whether there are directions to be drawn.
  var isUnfinished: Bool { drafts.values.contains { $0.drawn.count < $0.count } }

  /// Begins with the directions of `iteration`, as far as there is room; forgets those of earlier ones.
  mutating func begin(_ iteration: Int, of run: RunID, _ configuration: RunConfiguration) {
    drafts[run] = nil
    let dimension = configuration.layout(of: iteration).count
    let wanted = TaskSchedule(configuration).directionCount
    if held + wanted * dimension > Self.capacity { drafts = [:] }
    drafts[run] = Draft(
      configuration: configuration, iteration: iteration,
      count: min(wanted, Self.capacity / dimension),
      sampler: configuration.directions(of: iteration))
  }

  /// Draws some of what is to be drawn.
  mutating func draw() {
    let next = drafts.filter { $0.value.drawn.count < $0.value.count }.keys.min()
    guard let next, var draft = drafts.removeValue(forKey: next) else { return }
    let dimension = draft.configuration.layout(of: draft.iteration).count
    let end = min(draft.count, draft.drawn.count + max(1, Self.slice / dimension))
    for index in draft.drawn.count..<end { draft.drawn.append(draft.sampler.direction(index)) }
    drafts[next] = draft
  }

  /// Hands over the first directions of `iteration`, as many as were drawn.
  mutating func take(
    _ iteration: Int, of run: RunID, _ configuration: RunConfiguration
  ) -> [[Double]] {
    guard let draft = drafts.removeValue(forKey: run), draft.iteration == iteration,
      draft.configuration == configuration
    else { return [] }
    return draft.drawn
  }

  private var held: Int {
    drafts.values.reduce(0) {
      $0 + $1.count * $1.configuration.layout(of: $1.iteration).count
    }
  }
}
