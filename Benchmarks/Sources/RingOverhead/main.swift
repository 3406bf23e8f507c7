// What the ring costs: wall time of an iteration beside the time its rollouts take by themselves.
// A real redis-server, a controller and two evaluators as processes; the aggregator runs here, where
// it sees every result. The factorised controller's search step takes about 10 ms, so its figure is the
// ring's own; the pointer network's includes its search step, during which evaluators wait.
// make benchmark, or ring-benchmark EXECUTABLES [ENVIRONMENT], the folder of the services first

import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Logging
import Programs
import RedisQueue
import Ring
import RunPlan
import RunQueue

let executables = CommandLine.arguments.dropFirst().first ?? ".build/release"
let environment = CommandLine.arguments.dropFirst(2).first ?? "HalfCheetah-v5"
let iterations = 12
let evaluators = 2

func configuration(_ controller: ControllerKind) throws -> RunConfiguration {
  let settings = EnvironmentSettings(environment)
  // 301 evaluations: 296 perturbed, 4 pivots, 1 of the proposal.
  return try RunConfiguration(
    environment: settings, EnvironmentCatalog.description(of: settings).traits,
    given: [
      "perturbations": "296", "pivots": "4", "evaluations": "1", "iterations": "\(iterations)",
      "controller": controller.rawValue,
    ])
}

/// Seconds since the start of this process, by a clock that never steps back.
func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

func rolloutSeconds(_ results: [Int: String], observationSize: Int) -> Double {
  results.values.reduce(0) { sum, text in
    guard
      case .finished(let episode)? = EvaluationResult(text: text, observationSize: observationSize)
    else { return sum }
    return sum + episode.seconds
  }
}

func figure(_ value: Double, _ format: String = "%8.3f") -> String {
  String(format: format, value)
}

/// Runs the ring with `controller` and prints every iteration and the median ratio.
func measure(_ controller: ControllerKind) throws {
  let directory = NSTemporaryDirectory() + "ring-benchmark-\(getpid())"
  defer { try? FileManager.default.removeItem(atPath: directory) }
  let server = try PrivateRedisServer(in: directory)
  defer { server.stop() }
  guard let keys = QueueKeys(queue: "default"), let run = RunID("benchmark") else {
    fatalError("both names are valid")
  }
  let store = try QueueAddress(url: server.url, keys: keys).openStore()
  let settings = try configuration(controller)
  try store.submit(run, config: settings.fields)
  let names =
    ["chromatic-controller"] + [String](repeating: "chromatic-evaluator", count: evaluators)
  let services = try names.enumerated().map { number, name in
    try ServiceProcess(
      name,
      arguments: ["--redis", server.url.description]
        + (name == "chromatic-evaluator" ? ["--slots", "1"] : []),
      log: "\(directory)/\(number).log",
      executablesIn: executables)
  }
  defer { services.forEach { $0.stop() } }
  var aggregator = Aggregator(store: store, logger: Logger(label: "aggregator"))
  let count = TaskSchedule(settings).trainingCount
  print("\(environment), \(controller.rawValue), \(count) evaluations, \(evaluators) evaluators")
  print("iteration  wall s  rollouts / \(evaluators) s   ratio")
  var last = now()
  var ratios: [Double] = []
  for iteration in 0..<iterations {
    let message = IterationID(run: run, iteration: iteration)
    while try store.nextResult(timeout: 1) == nil {}
    let results = try store.results(of: message)
    try aggregator.step(timeout: 0)
    let wall = now() - last
    last = now()
    let share =
      rolloutSeconds(results, observationSize: settings.observationSize) / Double(evaluators)
    // The first iteration includes the start of the processes.
    if iteration > 0 { ratios.append(wall / share) }
    print(
      figure(Double(iteration), "%9.0f") + figure(wall) + figure(share, "%16.3f") + "   "
        + figure(wall / share, "%.3f") + (iteration == 0 ? "  (start-up, not counted)" : ""))
  }
  let sorted = ratios.sorted()
  print(
    "wall / (rollouts / \(evaluators)), \(controller.rawValue): "
      + "median \(figure(sorted[sorted.count / 2], "%.3f")), "
      + "min \(figure(sorted[0], "%.3f")), max \(figure(sorted[sorted.count - 1], "%.3f"))\n")
}

for controller in [ControllerKind.factorised, .pointer] { try measure(controller) }
