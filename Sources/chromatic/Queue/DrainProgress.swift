import Dashboard

/// How far evaluators are that were asked to begin nothing, or to work again.
struct DrainProgress {
  private let undo: Bool
  private var evaluators: [Evaluator]
  private var news: [String] = []
  private var begin: Moment?

  /// Where one of them stands.
  struct Evaluator: Encodable, Equatable {
    var name: String
    /// Whether it said that it begins nothing.
    var drained = false
    /// Tasks that it holds; absent while that is not known.
    var holds: Int?
    /// Whether it has ended.
    var ended = false
  }

  /// What `--json` prints.
  struct View: Encodable {
    var evaluators: [Evaluator]
  }

  init(_ names: [String], undo: Bool) {
    self.undo = undo
    evaluators = names.map { Evaluator(name: $0) }
  }

  /// What is known of all.
  var view: View { View(evaluators: evaluators) }

  /// Whether all of them did what they were asked.
  var isOver: Bool { evaluators.allSatisfy(hasObeyed) }

  /// Seconds within which an evaluator says that it does what it is asked; its heartbeats are two apart.
  static let patience = 30.0

  /// Takes up a look at the queue; throws if one of them does not answer to what it is asked.
  mutating func note(_ queue: QueueView, at now: Moment) throws {
    let waited = now.seconds - (begin ?? now).seconds
    begin = begin ?? now
    for place in evaluators.indices {
      let before = evaluators[place]
      let found = queue.evaluators.first { $0.name == before.name }
      evaluators[place] = Evaluator(
        name: before.name, drained: found?.drained ?? false, holds: found?.busy,
        ended: found == nil && queue.silent.allSatisfy { $0.name != before.name })
      let after = evaluators[place]
      if hasObeyed(after), !hasObeyed(before) || before.holds == nil { news.append(line(after)) }
      guard waited > Self.patience, !after.ended, after.drained == undo else { continue }
      throw CommandError.unavailable(
        found == nil
          ? "\(before.name) is silent: it has ended or its link is down"
          : "\(before.name) does not do what it is asked, its version is "
            + "\(found?.version ?? "unknown"): stop it with SIGTERM instead")
    }
  }

  /// Lines about those that did since this was last asked.
  mutating func takeNews() -> [String] {
    defer { news = [] }
    return news
  }

  private func hasObeyed(_ evaluator: Evaluator) -> Bool {
    if evaluator.ended { return true }
    guard let holds = evaluator.holds else { return false }
    return undo ? !evaluator.drained : evaluator.drained && holds == 0
  }

  private func line(_ evaluator: Evaluator) -> String {
    if evaluator.ended { return "\(evaluator.name) has ended" }
    return undo
      ? "\(evaluator.name) works again" : "\(evaluator.name) holds nothing: it can be stopped"
  }
}
