import ArchitectureSearch
import ChromaticPolicy
import Environments
import Figures
import Foundation
import LocalRing
import Logging
import Programs
import RedisQueue
import Ring
import RunPlan
import RunQueue
import Synchronization

// What evaluators wait for: controller and aggregator as they are deployed, one Redis, and as many slots as asked
// for in this process, whose rollouts are one step of the environment and then sleep. So the ring of a large
// machine is measured on a small one, as long as what is no rollout fits it.
//
//   idle-benchmark PROGRAMS ENVIRONMENT SLOTS MILLISECONDS PERTURBATIONS ITERATIONS [FIGURE.svg] [setting=value …]

/// When each rollout of one slot began and ended, in seconds.
typealias Rollouts = [(iteration: Int, began: Double, ended: Double)]

func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

/// What a slot does, noted by its own thread.
final class Recording: SlotObserver {
  let rollouts = Mutex(Rollouts())
  func note(_ iteration: Int, from began: Double) {
    rollouts.withLock { $0.append((iteration, began, now())) }
  }
  func began(_ task: TaskID) {}
  func ended(_ task: TaskID) {}
  func delivered(_ result: EvaluationResult) {}
  func cannotRun(_ run: RunID, reason: String) { fatalError("\(run): \(reason)") }
  func runs(_ run: RunID) {}
}

/// Plays one step and sleeps for the rest of `seconds`.
func sleeper(_ seconds: Double, _ recording: Recording) -> EpisodePlayerMaker {
  { configuration in
    let rollout = Rollout(
      in: try EnvironmentCatalog.make(configuration.environment),
      hiddenSizes: configuration.hiddenSizes, actionRepeat: 1)
    return { request in
      let began = now()
      rollout.network.load(
        parameters: request.policy.parameters, partition: request.policy.partition,
        normalisation: request.policy.normalisation)
      let episode = try rollout.run(request.random)
      let rest = began + seconds - now()
      if rest > 0 { Thread.sleep(forTimeInterval: rest) }
      recording.note(request.task.iteration.iteration, from: began)
      return EvaluationResult.Episode(
        totalReward: episode.totalReward, steps: episode.steps, seconds: seconds,
        observations: episode.observations)
    }
  }
}

var words = Array(CommandLine.arguments.dropFirst())
let given = words.filter { $0.contains("=") }.map { $0.split(separator: "=", maxSplits: 1) }
words.removeAll { $0.contains("=") }
guard words.count >= 6, let slots = Int(words[2]), let milliseconds = Double(words[3]),
  let iterations = Int(words[5]), iterations > 2
else {
  fatalError(
    "idle-benchmark PROGRAMS ENVIRONMENT SLOTS MILLISECONDS PERTURBATIONS ITERATIONS(>2) [FIGURE.svg] [setting=value …]"
  )
}
let directory = NSTemporaryDirectory() + "idle-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: directory) }
let server = try PrivateRedisServer(in: directory)
guard let keys = QueueKeys(queue: "default"), let run = RunID("idle") else {
  fatalError("both names are valid")
}
let address = QueueAddress(url: server.url, keys: keys)
let store = try address.openStore()
let settings = EnvironmentSettings(words[1])
var flags: [String: String] = [
  "perturbations": words[4], "pivots": "0", "evaluations": "2", "iterations": words[5],
  "horizon": "1", "finalists": "1", "finalist-episodes": "1",
]
for pair in given { flags[String(pair[0])] = String(pair[1]) }
let configuration = try RunConfiguration(
  environment: settings, EnvironmentCatalog.description(of: settings).traits,
  given: GivenSettings(
    flags.map { flag, text in
      guard let setting = RunSetting.named(flag) else { fatalError("no setting is named \(flag)") }
      return (setting, text)
    }))
try store.submit(run, config: configuration.fields)
let services = try ["controller", "aggregator"].map {
  try ServiceProcess(
    "chromatic-\($0)", arguments: ["--redis", server.url.description],
    log: "\(directory)/\($0).log",
    executablesIn: words[0])
}
let activity = ServiceActivity(
  [("Redis", server.processIdentifier)]
    + zip(["controller", "aggregator"], services.map(\.processIdentifier)))
let quiet = Logger(label: "idle") { _ in SwiftLogNoOpLogHandler() }
let isOver = Atomic(false)
let recordings = (0..<slots).map { _ in Recording() }
for (number, recording) in recordings.enumerated() {
  let store = try address.openStore()
  Thread.detachNewThread {
    var slot = EvaluatorSlot(
      name: "slot-\(number)", store: store, lease: 10, logger: quiet, slots: slots,
      bundle: .measured(), observer: recording,
      player: sleeper(milliseconds / 1000, recording))
    while !isOver.load(ordering: .relaxed) {
      do {
        if case .idle = try slot.step() { _ = try store.waitForTasks(timeout: 1) }
      } catch { fatalError("\(error)") }
    }
  }
}
while try store.runs()[run]?.isOver == false { usleep(50_000) }
isOver.store(true, ordering: .relaxed)
activity.end()

let all = recordings.flatMap { $0.rollouts.withLock(\.self) }.filter { $0.iteration < iterations }
let begins = Dictionary(grouping: all, by: \.iteration).mapValues { $0.map(\.began).min() ?? 0 }
let ends = Dictionary(grouping: all, by: \.iteration).mapValues { $0.map(\.ended).max() ?? 0 }
// The first two iterations start processes and caches.
let first = 2
guard let start = begins[first], let end = ends[iterations - 1] else {
  fatalError("the run did not reach its end")
}
let counted = all.filter { $0.iteration >= first }
let busy = counted.reduce(0) { $0 + $1.ended - $1.began }
let gaps = (first..<iterations - 1).map { (begins[$0 + 1] ?? 0) - (ends[$0] ?? 0) }
let between = gaps.reduce(0, +)
let wall = end - start
func percent(_ part: Double) -> String { String(format: "%.1f %%", 100 * part) }
print(
  """
  \(words[1]), \(TaskSchedule(configuration).trainingCount) evaluations of \(words[3]) ms on \(slots) slots, \
  \(configuration.controller.rawValue), search lag \(configuration.searchLag ?? 0): \
  an iteration takes \(String(format: "%.1f", 1000 * wall / Double(iterations - first))) ms, between two pass \
  \(String(format: "%.1f", 1000 * between / Double(max(gaps.count, 1)))) ms (\(percent(between / wall))), \
  slots idle \(percent(1 - busy / (wall * Double(slots))))
  """)

if words.count > 6 {
  // Three iterations in at most 800 points.
  let from = begins[first] ?? 0
  let span = 1000 * ((ends[min(first + 2, iterations - 1)] ?? from) - from)
  let width = max(1, (span / 800).rounded(.up))
  var occupied = [Double](repeating: 0, count: Int(span / width) + 1)
  for rollout in counted {
    let (a, b) = (1000 * (rollout.began - from) / width, 1000 * (rollout.ended - from) / width)
    guard a >= 0, Int(a) < occupied.count else { continue }
    for point in Int(a)...min(Int(b), occupied.count - 1) {
      occupied[point] += min(b, Double(point) + 1) - max(a, Double(point))
    }
  }
  func series(_ name: String, _ shares: [Double], isEmphasised: Bool = false) -> LineChart.Series {
    .init(
      name: name,
      points: shares.enumerated().map {
        .init(step: $0.offset * Int(width), value: 100 * $0.element)
      }, isEmphasised: isEmphasised)
  }
  let chart = LineChart(
    title: "What each service does over three iterations",
    subtitle:
      "\(words[1]), \(TaskSchedule(configuration).trainingCount) evaluations of \(words[3]) ms, "
      + "\(slots) slots, search lag \(configuration.searchLag ?? 0)",
    summary:
      "By millisecond: of the slots those that play an episode, of a processor what other services use.",
    stepName: "millisecond", valueName: "% of the slots, of a processor",
    series: [
      series("slots at work", occupied.map { $0 / Double(slots) }, isEmphasised: true)
    ]
      + activity.names.map {
        series(
          $0,
          activity.share(of: $0, from: from, width: width / 1000, count: occupied.count))
      })
  try chart.svg().write(toFile: words[6], atomically: true, encoding: .utf8)
}
services.forEach { $0.stop() }
server.stop()
