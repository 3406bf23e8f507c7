import Foundation
import RunQueue

/// How fast a run's iterations follow each other, over the last minute or two of them.
struct IterationPace: Sendable {
  private var marks: [(iteration: Int, seconds: Double)] = []

  /// The run is in `iteration`; nil while it stands still.
  mutating func note(_ iteration: Int?, at now: Moment) {
    guard let iteration, marks.last.map({ $0.iteration <= iteration }) ?? true else {
      marks = []
      return
    }
    if marks.last?.iteration != iteration { marks.append((iteration, now.seconds)) }
    // The first mark is when the run was first seen, somewhere within that iteration.
    while marks.count > 3, now.seconds - marks[1].seconds > 120 { marks.removeFirst() }
  }

  /// Seconds of an iteration.
  var seconds: Double? {
    guard marks.count > 2, let last = marks.last else { return nil }
    return (last.seconds - marks[1].seconds) / Double(last.iteration - marks[1].iteration)
  }
}

/// What an evaluator's heartbeats say together.
public struct EvaluatorPace: Sendable {
  /// What an evaluator says of itself; nil what it does not.
  public struct Status: Sendable, Hashable, Decodable {
    /// Evaluations at a time.
    public var slots: Int?
    /// Evaluations that gave a return, since it began.
    public var finished: Int?
    /// Evaluations that failed, since it began.
    public var failed: Int?
    /// Environment steps since it began.
    public var environmentSteps: Int?
    /// Its version.
    public var version: String?

    /// The status in a heartbeat; empty where that is no such JSON.
    init(_ text: String) {
      self = (try? JSONDecoder().decode(Status.self, from: Data(text.utf8))) ?? Status()
    }

    private init() {}

    /// Evaluations since it began, however they ended.
    public var evaluations: Int? { finished.map { $0 + max(0, failed ?? 0) } }
  }

  private var marks: [(seconds: Double, status: Status)] = []

  /// Seconds over which rates are taken.
  private static let window = 20.0

  /// The evaluator's last heartbeat.
  mutating func note(_ evaluator: QueueOverview.Evaluator, at now: Moment) {
    let (status, seconds) = (Status(evaluator.status), now.seconds - evaluator.age)
    if let last = marks.last {
      // Another process of the same name counts from the start.
      if (status.evaluations ?? 0) < (last.status.evaluations ?? 0) { marks = [] }
      guard seconds - last.seconds > 0.5 || marks.isEmpty else { return }
    }
    marks.append((seconds, status))
    while marks.count > 2, seconds - marks[1].seconds >= Self.window { marks.removeFirst() }
  }

  /// What it last said.
  public var status: Status { marks.last?.status ?? Status("") }

  /// Evaluations a second, nil while that is not known.
  public var evaluationsPerSecond: Double? { rate(\.evaluations) }

  /// Environment steps a second, nil while that is not known.
  public var stepsPerSecond: Double? { rate(\.environmentSteps) }

  private func rate(_ count: KeyPath<Status, Int?>) -> Double? {
    guard let first = marks.first, let last = marks.last, last.seconds > first.seconds,
      let from = first.status[keyPath: count], let to = last.status[keyPath: count], to >= from
    else { return nil }
    return Double(to - from) / (last.seconds - first.seconds)
  }
}
