import ArgumentParser
import Dashboard
import Programs
import ReadableNumbers
import RedisQueue
import RunQueue

struct QueuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queues", abstract: "Lists the queues of a server, and how busy each is.",
    discussion: """
      Goes through all keys of the server. A user who may not do that, as most of 'make-users', sees \
      the queue alone that --queue names, which is said.
      """)

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Flag(help: "Print one JSON object, see docs/schemas/queues.json.")
  var json = false

  func run() throws {
    let address = try queue.address()
    let store = try address.openStore()
    let view = try Self.view(of: address, store)
    if json { return try JSONOutput.print(view) }
    print("queues on \(view.server)")
    if !view.complete { print("  this user may not list keys: --queue alone is shown") }
    guard !view.queues.isEmpty else { return print("  none") }
    let heading = [
      "queue", "runs going on", "of", "pending", "leased", "to reduce", "evaluators", "dead",
    ]
    let rows = view.queues.filter { $0.problem == nil }.map { row in
      [row.name]
        + [
          row.going, row.runs, row.pending, row.leased, row.iterations, row.evaluators, row.dead,
        ].map { $0?.grouped ?? "-" }
    }
    if !rows.isEmpty { TextTable.lines([heading] + rows).forEach { print("  \($0)") } }
    for row in view.queues { if let problem = row.problem { print("  \(row.name)  \(problem)") } }
  }

  private static func view(of address: QueueAddress, _ store: RedisRunStore) throws -> QueuesView {
    let server = "\(address.url)"
    do throws(StoreError) {
      let rows = try store.queueNames().map { row($0, at: address) }
      return QueuesView(server: server, complete: true, queues: rows)
    } catch {
      guard case .refused = error else { throw error }
      return QueuesView(
        server: server, complete: false, queues: [row(address.keys.queue, at: address)])
    }
  }

  private static func row(_ name: String, at address: QueueAddress) -> QueuesView.Row {
    guard let keys = QueueKeys(queue: name) else { return .init(name, problem: "is no queue") }
    do {
      let store = try QueueAddress(url: address.url, keys: keys).openStore()
      return .init(name, try store.overview(), phases: try store.runs().values)
    } catch {
      return .init(name, problem: "\(error)")
    }
  }
}
