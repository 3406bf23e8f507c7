import LocalRing
import RedisQueue

/// The services of a run on one machine: a controller, an aggregator and some evaluators.
///
/// One that ends by itself is started again, a few times.
struct LocalServices {
  private let store: RedisRunStore
  private let logs: String
  private var running: [(part: Part, process: ServiceProcess)] = []
  private var restartsLeft = 10

  /// A service's place in the ring.
  private enum Part {
    case controller, aggregator
    case evaluator(Int)

    /// The name of its log, and its own in the queue: who starts again leads again at once.
    var name: String {
      switch self {
      case .controller: "controller"
      case .aggregator: "aggregator"
      case .evaluator(let number): "evaluator-\(number)"
      }
    }

    var program: String {
      switch self {
      case .controller, .aggregator: "chromatic-\(name)"
      case .evaluator: "chromatic-evaluator"
      }
    }

    var arguments: [String] {
      switch self {
      case .controller, .aggregator: ["--name", name]
      // Less than the tool waits before it kills.
      case .evaluator: ["--name", name, "--slots", "1", "--grace", "5"]
      }
    }
  }

  /// Starts all services on `store`, which nobody else serves, their logs in `logs`.
  init(store: RedisRunStore, evaluators: Int, logs: String) throws {
    self.store = store
    self.logs = logs
    let parts = [.controller, .aggregator] + (0..<evaluators).map(Part.evaluator)
    // What evaluators held that a killed tool took along is queued now, not when leases expire.
    let former = Set(try store.overview().evaluators.map(\.name) + parts.map(\.name))
    for evaluator in former { try store.leave(evaluator) }
    do {
      for part in parts { running.append((part, try start(part))) }
    } catch {
      stop()
      throw error
    }
  }

  /// Starts services again that ended; returns a line for each, throws when it happens too often.
  mutating func tend() throws -> [String] {
    var lines: [String] = []
    for (number, (part, process)) in running.enumerated() {
      guard let ending = process.ending else { continue }
      let line = "\(process.name) ended (\(ending)); \(process.lastLogLine ?? "its log is empty")"
      guard restartsLeft > 0 else {
        throw CommandError.unavailable("\(line); see \(process.log)")
      }
      restartsLeft -= 1
      running[number].process = try start(part)
      lines.append("\(line); started again")
    }
    return lines
  }

  /// Ends all services in order, evaluators first asked to finish what they hold.
  func stop() {
    for (_, process) in running.reversed() { process.terminate() }
    // Those that wait for a message would do so for up to a second.
    for _ in 0..<100 where running.contains(where: { $0.process.ending == nil }) {
      guard (try? store.endWaits()) != nil else { break }
      _ = running.first { $0.process.ending == nil }?.process.wait(upTo: 0.02)
    }
    for (_, process) in running.reversed() { process.stop() }
  }

  private func start(_ part: Part) throws -> ServiceProcess {
    try ServiceProcess(
      part.program, arguments: ["--redis", store.url.description] + part.arguments,
      log: "\(logs)/\(part.name).log")
  }
}
