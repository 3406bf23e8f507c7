/// One iteration of one run, `<run> <iteration>`: the message of the results and updates lists.
public struct IterationID: Sendable, Hashable, CustomStringConvertible {
  /// The run.
  public let run: RunID
  /// The ES iteration, from 0; −1 in the update that announces a new run.
  public let iteration: Int

  /// Iteration `iteration` of `run`.
  public init(run: RunID, iteration: Int) {
    self.run = run
    self.iteration = iteration
  }

  /// The iteration named by a message, or nil if the message is malformed.
  public init?(message: String) {
    let parts = message.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let run = RunID(parts[0]), let iteration = Int(parts[1]),
      iteration >= -1, iteration < Int(UInt32.max), message == "\(run) \(iteration)"
    else { return nil }
    self.init(run: run, iteration: iteration)
  }

  /// The message itself.
  public var description: String { "\(run) \(iteration)" }
}

/// One evaluation, `<run> <iteration> <index>`: the message of the tasks list.
///
/// Partition, perturbation, episode and kind all follow from the name and the configuration.
public struct TaskID: Sendable, Hashable, CustomStringConvertible {
  /// The iteration this evaluation belongs to.
  public let iteration: IterationID
  /// Position in the iteration's schedule, from 0.
  public let index: Int

  /// Evaluation `index` of `iteration`.
  public init(iteration: IterationID, index: Int) {
    self.iteration = iteration
    self.index = index
  }

  /// The evaluation named by a message, or nil if the message is malformed.
  public init?(message: String) {
    guard let space = message.lastIndex(of: " "),
      let iteration = IterationID(message: String(message[..<space])), iteration.iteration >= 0,
      let index = Int(message[message.index(after: space)...]),
      index >= 0, index < Int(UInt32.max), message == "\(iteration) \(index)"
    else { return nil }
    self.init(iteration: iteration, index: index)
  }

  /// The message itself.
  public var description: String { "\(iteration) \(index)" }
}
