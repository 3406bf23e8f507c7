import RunQueue

/// Looks after runs that do not move: a list or a hash of theirs may have been deleted or evicted.
struct StandstillWatch {
  /// Seconds between two looks, and so the time for which a run has not moved when it is looked into.
  static let interval = 5.0

  private let clock: @Sendable () -> Double
  private var next = -Double.infinity
  /// Where each run stood at the last look.
  private var places: [RunID: String] = [:]

  init(clock: @escaping @Sendable () -> Double) { self.clock = clock }

  /// What was issued again, by run; nothing before the interval is over.
  mutating func look(at store: any AggregatorStore) throws(StoreError) -> [(RunID, String)] {
    let now = clock()
    guard now >= next else { return [] }
    next = now + Self.interval
    var findings: [(RunID, String)] = []
    let active = try store.runs().filter { $0.value == .running || $0.value == .submitted }
    places = places.filter { active[$0.key] != nil }
    for run in active.keys.sorted() {
      do throws(StoreError) {
        switch try store.reissueVanished(of: run, since: places[run]) {
        case .whole: break
        case .moving(let place): places[run] = place
        case .issuedTasks(let count): findings.append((run, "\(count) tasks"))
        case .announcedResult: findings.append((run, "the announcement of a complete iteration"))
        case .announcedUpdate: findings.append((run, "the update after a reduced iteration"))
        }
      } catch  where error.concernsOneRun {
        continue
      }
    }
    return findings
  }
}
