/// The tasks list in memory: both ends and every return to the head cost the same at any length.
struct TaskList: Sequence {
  // Tasks put back, the first one last, then the rest in order.
  private var returned: [TaskID] = []
  private var rest: ArraySlice<TaskID> = []

  var isEmpty: Bool { returned.isEmpty && rest.isEmpty }
  var count: Int { returned.count + rest.count }

  mutating func popFirst() -> TaskID? { returned.popLast() ?? rest.popFirst() }

  mutating func append(contentsOf tasks: some Sequence<TaskID>) { rest.append(contentsOf: tasks) }

  /// Puts tasks at the head, in the order given.
  mutating func putBack(_ tasks: [TaskID]) { returned.append(contentsOf: tasks.reversed()) }

  /// Puts tasks of one run among those of others, so that runs take turns.
  mutating func queueInTurn(_ tasks: [TaskID]) {
    rest = TakingTurns.queue(tasks, among: returned.reversed() + rest)
    returned = []
  }

  func makeIterator() -> IndexingIterator<[TaskID]> { (returned.reversed() + rest).makeIterator() }
}
