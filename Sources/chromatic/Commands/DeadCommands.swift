import ArgumentParser
import Dashboard
import Programs
import RunPlan
import RunQueue

struct DeadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead", abstract: "Lists evaluations that were lost too often, and why.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Flag(help: "Print one JSON object, see docs/schemas/dead.json.")
  var json = false

  func run() throws {
    let dead = try queue.address().openStore().deadTasks()
    if json { return try JSONOutput.print(DeadView(dead)) }
    guard !dead.isEmpty else { return print("nothing was given up in this queue") }
    DeadListing.lines(dead).forEach { print($0) }
    let lost = dead.count { $0.standing == .lost }
    if lost > 0 { print("\(lost) can be evaluated again: chromatic requeue") }
  }
}

struct RequeueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requeue",
    abstract: "Queues lost evaluations again whose iteration is not reduced yet.",
    discussion: "The first result that comes then replaces the failed one.")

  @Argument(help: ArgumentHelp("Only those of this run; else those of all.", valueName: "run"))
  var name: String?

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Flag(help: "Print one JSON object, see docs/schemas/dead.json; what was 'lost' is queued.")
  var json = false

  func run() throws {
    let only = try name.map { name throws(InvalidSetting) in
      try RunArgument.run(name, flag: "the run's name")
    }
    let store = try queue.address().openStore()
    if let only, try store.runs()[only] == nil { throw StoreError.noSuchRun(only) }
    let dead = try store.requeueDeadTasks(of: only)
    if json { return try JSONOutput.print(DeadView(dead)) }
    let lost = dead.filter { $0.standing == .lost }
    print("\(lost.count) of \(dead.count) given-up evaluations are queued again")
    DeadListing.lines(dead.filter { $0.standing != .lost }).forEach { print($0) }
  }
}

/// The dead list for people.
enum DeadListing {
  static func lines(_ dead: [DeadTask]) -> [String] {
    if dead.isEmpty { return [] }
    let heading = ["run", "iteration", "index", "now", "reason"]
    return TextTable.leftLines([heading] + dead.map(row))
  }

  private static func row(_ dead: DeadTask) -> [String] {
    let task = dead.task
    return [
      task?.iteration.run.name ?? "-", task.map { String($0.iteration.iteration) } ?? "-",
      task.map { String($0.index) } ?? "-", dead.standing.words, dead.reason,
    ]
  }
}

extension DeadTask.Standing {
  /// What it means for an operator.
  fileprivate var words: String {
    switch self {
    case .lost: "can be queued again"
    case .pending: "is queued again"
    case .delivered: "has a result"
    case .reduced: "too late, its iteration is reduced"
    case .over: "too late, its run is over or damaged"
    case .malformed: "is no task"
    }
  }
}
