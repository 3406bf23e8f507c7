import RunPlan
import RunQueue

/// What a run's keys say, read for people.
public struct RunStanding: Sendable, Hashable {
  /// Its configuration.
  public var configuration: RunConfiguration
  /// Where it stands.
  public var phase: RunPhase
  /// Iteration in progress or reduced last, −1 before the first.
  public var iteration: Int
  /// Evaluations of the iteration in progress, 0 between iterations.
  public var expected: Int
  /// Why it ended or waits; empty while all is well.
  public var message: String
  /// ES iterations that are done.
  public var iterationsDone: Int
  /// Its end before the last iteration, nil where it has none.
  public var stop: EarlyStop?

  /// What is wrong with a run, in one line.
  public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line.
    public let description: String
  }

  /// The standing that a record holds.
  ///
  /// - Parameter last: the last entry of the run's history, nil if it has none.
  public init(_ record: RunRecord, last: HistoryEntry? = nil) throws(Problem) {
    switch record.damage {
    case .damaged(let key, let reason): throw Problem(description: "\(key), \(reason)")
    case .some(let other): throw Problem(description: "\(other)")
    case nil: break
    }
    guard !record.config.isEmpty else {
      throw Problem(description: "its configuration is missing")
    }
    do {
      configuration = try RunConfiguration(record.config)
    } catch {
      throw Problem(description: "\(error)")
    }
    do {
      guard let phase = RunPhase(rawValue: try record.state.text("phase")) else {
        throw DamagedFields(field: "phase", reason: "is no phase")
      }
      self.phase = phase
      iteration = try record.state.integer("iteration", in: -1...Int(UInt32.max) - 1)
      expected = try record.state.integer("expected", in: 0...Int(UInt32.max))
    } catch {
      throw Problem(description: "the state of run \(record.name) is damaged: \(error)")
    }
    message = record.state["message"] ?? ""
    stop = EarlyStop(configuration, last: last)
    // Each leaves a line; the iteration in progress says the same until the run is stopped or ended.
    iterationsDone = min(
      max(last.map { $0.iteration + 1 } ?? iteration, 0), configuration.iterations)
  }

  /// Iterations that are still to be done, while nobody ends the run.
  public var iterationsLeft: Int { stop == nil ? configuration.iterations - iterationsDone : 0 }

  /// Evaluations that have a result, with `delivered` of the iteration in progress.
  public func evaluations(delivered: Int) -> Int {
    let hasCompared =
      iteration == configuration.iterations && expected == 0 && phase != .cancelled
      && phase != .failed
    return iterationsDone * TaskSchedule(configuration).trainingCount
      + (hasCompared
        ? min(configuration.finalists, iterationsDone) * configuration.finalistEpisodes : 0)
      + delivered
  }
}
