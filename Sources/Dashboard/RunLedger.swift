import ChromaticPolicy
import RunPlan
import RunQueue

/// What is known of a run after some looks.
public struct RunLedger: Sendable {
  /// The run's name.
  public let name: String
  /// Where it stands, or what is wrong with it.
  public private(set) var standing: Result<RunStanding, RunStanding.Problem>
  /// Why the last of its failed evaluations failed, nil if none has.
  public private(set) var lastFailure: String?
  /// The policy it ended with, else the best one so far.
  public private(set) var policy: Policy?
  /// What is wrong with that policy.
  public private(set) var policyProblem: String?
  /// Its newest iteration.
  public private(set) var newest: HistoryEntry?
  /// Its history as far as it was read.
  public private(set) var curve = CurveSamples()
  /// Failed evaluations, each under the reason of the last failure known when it was read.
  public private(set) var failures: [FailureReason: Int] = [:]
  /// Evaluations queued again, as far as they were seen.
  public private(set) var retries = 0
  /// Evaluations that have a result; nil for a damaged run.
  public private(set) var evaluations: Int?
  /// Lines of its history that are none.
  public private(set) var damagedLines = 0

  private var stamp: String
  private var submission: String?
  private var linesRead = 0
  private var lineCount = 0
  private var pace = IterationPace()
  private var retriesOfIteration = (iteration: -1, count: 0)

  /// A run seen for the first time.
  init(_ look: RunLook, at now: Moment) {
    name = look.name
    stamp = look.stamp
    standing = .failure(RunStanding.Problem(description: "it was not read yet"))
    fold(look, at: now)
  }

  /// Whether all of its history was read.
  public var isComplete: Bool { linesRead == lineCount }

  /// Lines of history that are still to be read.
  var backlog: Int { lineCount - linesRead }

  /// Seconds that an iteration takes at present, nil while that is not known.
  public var iterationSeconds: Double? { pace.seconds }

  /// Whether the run is over; false for a damaged one.
  var isOver: Bool { (try? standing.get().phase.isOver) ?? false }

  /// What the next look need not tell again.
  var known: KnownRun { KnownRun(name: name, stamp: stamp, lines: linesRead) }

  /// Takes up what a look says.
  mutating func fold(_ look: RunLook, at now: Moment) {
    if let contents = look.contents { take(contents) }
    if look.lineCount < linesRead { forgetHistory() }
    stamp = look.stamp
    lineCount = look.lineCount
    for line in look.lines { read(line) }
    guard let standing = try? standing.get() else { return evaluations = nil }
    evaluations = standing.evaluations(delivered: look.delivered)
    // The finalists' comparison has the number behind the last iteration, wherever the run was stopped.
    let trains = standing.phase == .running && standing.stop == nil
    pace.note(trains ? standing.iteration : nil, at: now)
    count(look.retries, in: standing.iteration)
  }

  private mutating func take(_ contents: RunLook.Contents) {
    let record = contents.record
    if let submission, submission != record.state["submission"] ?? "" { forgetHistory() }
    submission = record.state["submission"] ?? ""
    newest = contents.lastLine.flatMap(HistoryEntry.init(line:)) ?? newest
    standing = Result { () throws(RunStanding.Problem) in
      try RunStanding(record, last: newest)
    }
    lastFailure = record.lastFailure
    (policy, policyProblem) = (nil, nil)
    do throws(DamagedFields) {
      for (field, text) in zip(Self.policyFields, record.checkpoint) where policy == nil {
        policy = try text.map { text throws(DamagedFields) in
          try Finalists.policy(text, field: field)
        }
      }
    } catch {
      policyProblem = "\(error)"
    }
  }

  private static let policyFields = [Finalists.policyField, Finalists.field(0)]

  private mutating func forgetHistory() {
    curve = CurveSamples()
    (failures, retries, damagedLines) = ([:], 0, 0)
    (linesRead, newest) = (0, nil)
    pace = IterationPace()
  }

  private mutating func read(_ line: String) {
    linesRead += 1
    guard let entry = HistoryEntry(line: line) else { return damagedLines += 1 }
    curve.append(entry)
    guard entry.failed > 0 else { return }
    failures[FailureReason(lastFailure ?? ""), default: 0] += entry.failed
  }

  /// What an iteration counts goes down when the next one begins, or when nothing counts any more.
  private mutating func count(_ seen: Int, in iteration: Int) {
    let former = retriesOfIteration.iteration == iteration ? retriesOfIteration.count : 0
    retries += max(0, seen - former)
    retriesOfIteration = (iteration, max(seen, former))
  }
}
