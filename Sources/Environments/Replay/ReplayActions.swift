import Foundation

/// Actions to replay, in the environment's own units.
public struct ReplayActions: Sendable, Hashable {
  /// One action a step.
  public let actions: [[Double]]
  /// The line each action came from, for errors.
  private let lines: [Int]
  private let source: String

  /// The actions in JSON arrays of numbers, one a line; `source` names them in errors.
  public init(jsonLines: String, source: String) throws(EnvironmentError) {
    var actions: [[Double]] = []
    var lines: [Int] = []
    for (index, line) in jsonLines.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      guard let action = try? JSONDecoder().decode([Double].self, from: Data(line.utf8)) else {
        throw EnvironmentError(
          .invalidReplay, "\(source), line \(index + 1): expected a JSON array of numbers")
      }
      actions.append(action)
      lines.append(index + 1)
    }
    self.actions = actions
    self.lines = lines
    self.source = source
  }

  func checkSizes(_ environment: any StatefulEnvironment) throws(EnvironmentError) {
    for (action, line) in zip(actions, lines) where action.count != environment.actionSize {
      throw EnvironmentError(
        .invalidReplay,
        "\(source), line \(line): an action of \(action.count) numbers; \(environment.id) takes "
          + "\(environment.actionSize)")
    }
  }
}
