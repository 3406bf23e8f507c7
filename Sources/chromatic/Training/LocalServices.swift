import LocalRing
import RedisQueue

/// The services of a run on one machine: a controller, an aggregator and some evaluators.
///
/// One that ends by itself is started again, a few times.
struct LocalServices {
  private var running: [ServiceProcess] = []
  private let url: RedisURL
  private let logs: String
  private var restartsLeft = 10

  /// Starts all services against the server at `url`, their logs in `logs`.
  init(url: RedisURL, evaluators: Int, logs: String) throws {
    self.url = url
    self.logs = logs
    let names =
      ["chromatic-controller", "chromatic-aggregator"]
      + [String](repeating: "chromatic-evaluator", count: evaluators)
    do {
      for (number, name) in names.enumerated() {
        running.append(try start(name, number: number))
      }
    } catch {
      stop()
      throw error
    }
  }

  /// Starts services again that ended; returns a line for each, throws when it happens too often.
  mutating func tend() throws -> [String] {
    var lines: [String] = []
    for (number, service) in running.enumerated() {
      guard let ending = service.ending else { continue }
      let line = "\(service.name) ended (\(ending)); \(service.lastLogLine ?? "its log is empty")"
      guard restartsLeft > 0 else {
        throw CommandError.unavailable("\(line); see \(service.log)")
      }
      restartsLeft -= 1
      running[number] = try start(service.name, number: number)
      lines.append("\(line); started again")
    }
    return lines
  }

  /// Ends all services in order, evaluators first asked to finish what they hold.
  func stop() {
    for service in running.reversed() { service.terminate() }
    for service in running.reversed() { service.stop() }
  }

  private func start(_ name: String, number: Int) throws -> ServiceProcess {
    let isEvaluator = name == "chromatic-evaluator"
    let log =
      isEvaluator ? "\(logs)/evaluator-\(number - 1).log" : "\(logs)/\(name.dropFirst(10)).log"
    return try ServiceProcess(name, arguments: ["--redis", url.description], log: log)
  }
}
