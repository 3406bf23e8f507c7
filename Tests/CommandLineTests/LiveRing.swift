import Foundation
import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit
import Synchronization
import Testing

/// A run of `chromatic train` at work, seen from outside: its files, its Redis, its processes.
final class LiveRing: Sendable {
  let directory: TestDirectory
  let output: String
  let tool: Tool
  private let seen = Mutex<Set<pid_t>>([])

  init(in directory: TestDirectory? = nil, evaluators: Int = 2) throws {
    self.directory = try directory ?? TestDirectory()
    output = "\(self.directory.path)/run"
    tool = try Tool(SmallRun.pendulum.train(into: output, evaluators: evaluators))
  }

  /// Ends what a broken tool would leave behind.
  deinit {
    for child in children + seen.withLock({ $0 }) {
      let isOurs = ProcessTable.command(of: child).contains { $0.contains(output) }
      if isOurs { kill(child, SIGKILL) }
    }
  }

  /// Goes on with the run of a ring that is no more.
  init(resuming other: LiveRing, evaluators: Int = 2) throws {
    directory = other.directory
    output = other.output
    tool = try Tool(SmallRun.pendulum.resume(in: output, evaluators: evaluators))
  }

  /// A moment in the life of a run.
  enum Moment: Sendable, CustomTestStringConvertible {
    /// The tool's first instruction.
    case begun
    /// There is a file of that name in the output directory.
    case file(String)
    /// An iteration has at least so many results.
    case results(Int, iteration: Int)

    var testDescription: String {
      switch self {
      case .begun: "at its start"
      case .file(let name): "once \(name) is there"
      case .results(let count, let iteration): "\(count) results into iteration \(iteration)"
      }
    }
  }

  /// Stops the tool and its services as soon as `moment` has come; `go` lets them go on.
  ///
  /// A thread of its own watches, so that busy tests beside this one cannot make it late.
  func hold(at moment: Moment) async throws {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { [self] in
        continuation.resume(with: Result { try watch(for: moment) })
      }
    }
    #expect(ProcessTable.isAlive(tool.identifier), "\(tool.errors)")
  }

  /// Lets the tool and its services go on, all but `resting`.
  func go(except resting: [pid_t] = []) {
    for process in services + [tool.identifier] where !resting.contains(process) {
      kill(process, SIGCONT)
    }
  }

  private func watch(for moment: Moment) throws {
    var connection: RedisConnection?
    let deadline = ContinuousClock().now + .seconds(60)
    while try !hasReached(moment, &connection) {
      guard ContinuousClock().now < deadline, ProcessTable.isAlive(tool.identifier) else {
        throw NotInTime(description: "\(moment.testDescription): \(tool.errors)")
      }
      _ = poll(nil, 0, 2)
    }
    for process in [tool.identifier] + services { kill(process, SIGSTOP) }
  }

  /// Processes that the tool started and that still run.
  var children: [pid_t] {
    let children = ProcessTable.children(of: tool.identifier)
    seen.withLock { $0.formUnion(children) }
    return children
  }

  private var services: [pid_t] {
    children.filter { !ProcessTable.command(of: $0).contains { $0.hasSuffix("redis-server") } }
  }

  /// A service's processes; `name` as in `evaluator`.
  func processes(of name: String) -> [pid_t] {
    children.filter { ProcessTable.command(of: $0).first?.hasSuffix("chromatic-\(name)") == true }
  }

  /// Kills the tool and all its children while they are held, so that none sees another one die.
  func killAll() async throws {
    let children = children
    for child in children { kill(child, SIGKILL) }
    kill(tool.identifier, SIGKILL)
    #expect(try await tool.ending() == .killed(signal: SIGKILL))
    try await waitForEnd(of: children)
  }

  /// Comes back when none of `processes` runs any more.
  func waitForEnd(of processes: [pid_t]) async throws {
    try await eventually("the end of the ring", within: 20) {
      processes.contains(where: ProcessTable.isAlive) ? nil : true
    }
  }

  /// Goes on with the run, or starts it where it was killed too early to leave a trace.
  func finish() async throws -> SmallRun.Outcome {
    let run = SmallRun.pendulum
    let exists = FileManager.default.fileExists(atPath: "\(output)/config.json")
    try await Tool.output(
      exists ? run.resume(in: output) : run.train(into: output, evaluators: 2))
    return try SmallRun.Outcome(in: output)
  }

  private func hasReached(_ moment: Moment, _ connection: inout RedisConnection?) throws -> Bool {
    switch moment {
    case .begun:
      return ProcessTable.command(of: tool.identifier).first == tool.executable
    case .file(let name):
      return FileManager.default.fileExists(atPath: "\(output)/\(name)")
    case .results(let count, let iteration):
      return try results(of: iteration, &connection) >= count
    }
  }

  /// Results of an iteration; an iteration that is over has as many as one can ask for.
  private func results(of iteration: Int, _ open: inout RedisConnection?) throws -> Int {
    do {
      let connection = try open ?? RedisConnection(to: RedisURL(socket: socket))
      open = connection
      let run = "chromatic:{default}:run:train"
      guard
        case .integer(let done) = try connection.send(["LLEN", "\(run):history"]),
        case .integer(let count) = try connection.send(["HLEN", "\(run):returns:\(iteration)"])
      else { return 0 }
      return done > iteration ? .max : Int(count)
    } catch let error as StoreError {
      guard error.isTransient else { throw error }
      open = nil
      return 0
    }
  }

  private var socket: String { "\(output)/redis/redis.sock" }
}
