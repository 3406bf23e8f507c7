/// How pending tasks of several runs stand in one list.
enum TakingTurns {
  /// How many pending tasks a publication looks at, which bounds what it costs.
  static let window = 10_000

  /// `pending` with `tasks` of one run among them.
  ///
  /// Before the n-th of them stand at most n tasks of each other run, so that runs take turns;
  /// those that find no place within the window go to the end. The others keep their order.
  static func queue(_ tasks: [TaskID], among pending: ArraySlice<TaskID>) -> ArraySlice<TaskID> {
    var merged: [TaskID] = []
    var ranks: [RunID: Int] = [:]
    var placed = 0
    var taken = pending.startIndex
    while placed < tasks.count, taken < min(pending.endIndex, pending.startIndex + window) {
      let rank = ranks[pending[taken].iteration.run, default: 0]
      ranks[pending[taken].iteration.run] = rank + 1
      let upTo = max(placed, min(rank, tasks.count))
      merged += tasks[placed..<upTo]
      placed = upTo
      merged.append(pending[taken])
      taken += 1
    }
    return merged[...] + pending[taken...] + tasks[placed...]
  }
}
