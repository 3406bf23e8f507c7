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

  /// What a look found out about a run.
  enum Finding {
    /// What was issued again, in words.
    case issued(String)
    /// A key of the run by which nothing can go on, and the submission that it was found in.
    case damaged(StoreError, submission: String)
  }

  /// What was found, by run; nothing before the interval is over.
  mutating func look(at store: any AggregatorStore) throws(StoreError) -> [(RunID, Finding)] {
    let now = clock()
    guard now >= next else { return [] }
    next = now + Self.interval
    var findings: [(RunID, Finding)] = []
    let active = try store.runs().filter { $0.value == .running || $0.value == .submitted }
    places = places.filter { active[$0.key] != nil }
    for run in active.keys.sorted() {
      var submission: String?
      do throws(StoreError) {
        submission = try store.fields([Submission.field], in: .state, of: run)[0] ?? ""
        switch try store.reissueVanished(of: run, since: places[run]) {
        case .whole: break
        case .moving(let place): places[run] = place
        case .issuedTasks(let count): findings.append((run, .issued("\(count) tasks")))
        case .announcedResult:
          findings.append((run, .issued("the announcement of a complete iteration")))
        case .announcedUpdate:
          findings.append((run, .issued("the update after a reduced iteration")))
        }
      } catch  where error.concernsOneRun {
        // A state that is damaged itself is left to the operator, who may know more than it says.
        if let submission, case .damaged(let key, _) = error, !key.hasSuffix(":state") {
          findings.append((run, .damaged(error, submission: submission)))
        }
      }
    }
    return findings
  }
}
