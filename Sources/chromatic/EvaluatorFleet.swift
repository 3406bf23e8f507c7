import LocalRing
import Programs

/// Evaluators on this machine whose number changes.
struct EvaluatorFleet {
  let address: QueueAddress
  /// The evaluators' server and user, if not those of `address`.
  let redis: String?
  let passwordFile: String?
  let slots: Int
  let logs: String

  private var running: [ServiceProcess] = []
  private var ending: [ServiceProcess] = []
  private var started = 0

  /// No evaluators yet.
  init(address: QueueAddress, redis: String?, passwordFile: String?, slots: Int, logs: String) {
    self.address = address
    self.redis = redis
    self.passwordFile = passwordFile
    self.slots = slots
    self.logs = logs
  }

  /// Evaluators that are not about to end.
  var count: Int { running.count }

  /// Starts evaluators, or asks the youngest to finish what they play and end.
  mutating func resize(to count: Int) throws {
    while running.count < count { running.append(try start()) }
    while running.count > count {
      let youngest = running.removeLast()
      youngest.terminate()
      ending.append(youngest)
    }
  }

  /// Forgets those that have ended; a line for each that ended unasked.
  ///
  /// Throws if one says that it cannot serve at all: the next would say the same.
  mutating func tend() throws -> [String] {
    ending.removeAll { $0.ending != nil }
    var lines: [String] = []
    for process in running {
      guard let end = process.ending else { continue }
      let line = "an evaluator ended (\(end)): \(process.lastLogLine ?? "its log is empty")"
      if case .exited(let code) = end, code != 0 {
        throw CommandError.unavailable("\(line); see \(process.log)")
      }
      lines.append(line)
    }
    running.removeAll { $0.ending != nil }
    return lines
  }

  /// Ends all, each after what it plays.
  mutating func stop() {
    for process in running + ending { process.terminate() }
    for process in running + ending { process.stop(grace: 25) }
    (running, ending) = ([], [])
  }

  private mutating func start() throws -> ServiceProcess {
    started += 1
    let environment = passwordFile.map { ["CHROMATIC_REDIS_PASSWORD_FILE": $0] } ?? [:]
    return try ServiceProcess(
      "chromatic-evaluator",
      arguments: [
        "--redis", redis ?? address.url.description, "--queue", address.keys.queue, "--slots",
        String(slots),
      ],
      environment: environment, log: "\(logs)/evaluator-\(started).log")
  }
}
