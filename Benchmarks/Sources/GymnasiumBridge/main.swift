// Environment steps per second through the bridge beside the same environment stepped by Python alone,
// taking turns in one run by the wall's clock: .build/benchmarks/release/bridge-benchmark [ID]

import ChromaticPolicy
import Environments
import Foundation
import Randomness

let id = CommandLine.arguments.dropFirst().first ?? "CartPole-v1"
let rounds = 21
let steps = 5000

/// Python alone: a line of input for each round, answered with its seconds.
let script = """
  import sys, time, gymnasium
  env = gymnasium.make(sys.argv[1], disable_env_checker=True)
  actions = [env.action_space.sample() for _ in range(int(sys.argv[2]))]
  for line in sys.stdin:
      start = time.perf_counter()
      env.reset(seed=1)
      for action in actions:
          _, _, terminated, truncated, _ = env.step(action)
          if terminated or truncated:
              env.reset()
      print(time.perf_counter() - start, flush=True)
  """

let python = Process()
let (requests, answers) = (Pipe(), Pipe())
let interpreter = ProcessInfo.processInfo.environment["CHROMATIC_PYTHON"] ?? "python3"
python.executableURL = URL(filePath: "/usr/bin/env")
python.arguments = [interpreter, "-c", script, id, "\(steps)"]
python.standardInput = requests
python.standardOutput = answers
try python.run()

let answer = fdopen(answers.fileHandleForReading.fileDescriptor, "r")

@MainActor func pythonSeconds() throws -> Double {
  try requests.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
  var line = [CChar](repeating: 0, count: 64)
  guard let answer, fgets(&line, 64, answer) != nil else {
    fatalError("Python alone cannot step \(id)")
  }
  return strtod(line, nil)
}

let environment = try EnvironmentCatalog.make(EnvironmentSettings("gym:\(id)"))
let observation = UnsafeMutableBufferPointer<Double>.allocate(capacity: environment.observationSize)
observation.initialize(repeating: 0)
var random = RandomStream(seed: 1, purpose: .episode)
let actions = (0..<steps).map { _ in
  (0..<environment.actionSize).map { _ in random.uniform(-1, 1) }
}

@MainActor func bridgeSeconds() throws -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  try environment.reset(&random, observation: observation)
  for action in actions {
    let outcome = try action.withUnsafeBufferPointer {
      try environment.step(action: $0, observation: observation)
    }
    if outcome.terminated || outcome.truncated {
      try environment.reset(&random, observation: observation)
    }
  }
  return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

let times = try (0..<rounds).map { _ in (python: try pythonSeconds(), bridge: try bridgeSeconds()) }
let rates = times.map { (python: Double(steps) / $0.python, bridge: Double(steps) / $0.bridge) }
let ratio = median(times.map { $0.python / $0.bridge })
print("\(id), \(rounds) rounds of \(steps) steps each, medians")
print("  Python alone        \(Int(median(rates.map(\.python)))) steps/s")
print(
  "  through the bridge  \(Int(median(rates.map(\.bridge)))) steps/s, "
    + "\(Int((ratio * 100).rounded())) % of it")
