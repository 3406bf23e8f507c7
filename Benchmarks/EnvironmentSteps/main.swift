// Environment steps per second through Swift beside a bare C loop of mj_step on the same model,
// initial state and controls, taking turns in one process. Processor time is counted, not the wall's,
// so that other work on the machine disturbs less: swift run -c release environment-benchmark

import BareMuJoCoLoop
import ChromaticPolicy
import Environments
import Foundation
import Randomness

let id = CommandLine.arguments.dropFirst().first ?? "HalfCheetah-v5"
let rounds = 20
let steps = 1000

guard
  let environment = try EnvironmentCatalog.make(EnvironmentSettings(id))
    as? any StatefulEnvironment,
  let bare = bare_loop_make(environment.modelPath)
else {
  fatalError("\(id) is no MuJoCo task")
}
var random = RandomStream(seed: 1, purpose: .episode)
let controls = (0..<steps * environment.actionSize).map { _ in random.uniform(-1, 1) }
let observation = UnsafeMutableBufferPointer<Double>.allocate(capacity: environment.observationSize)
observation.initialize(repeating: 0)
try environment.reset(&random, observation: observation)
let start = environment.state

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = processorSeconds()
  try work()
  return processorSeconds() - start
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

var bareTimes: [Double] = []
var swiftTimes: [Double] = []
for _ in 0..<rounds {
  var qpos = start.qpos
  bareTimes.append(
    seconds {
      bare_loop_run(
        bare, &qpos, start.qvel, controls, Int32(steps), environment.frameSkip)
    })
  swiftTimes.append(
    try seconds {
      try environment.setState(
        qpos: start.qpos, qvel: start.qvel, observation: observation)
      try controls.withUnsafeBufferPointer { controls in
        for step in 0..<steps {
          let row = step * environment.actionSize
          _ = try environment.apply(
            control: UnsafeBufferPointer(rebasing: controls[row..<row + environment.actionSize]),
            observation: observation)
        }
      }
    })
  precondition(environment.state.qpos == qpos, "the two loops did different work")
}
let rates = (bare: Double(steps) / median(bareTimes), swift: Double(steps) / median(swiftTimes))
let ratio = median(zip(bareTimes, swiftTimes).map { $0 / $1 })
print("\(id), \(rounds) episodes of \(steps) steps each, medians")
print("  bare mj_step loop  \(Int(rates.bare)) steps/s")
print("  environment        \(Int(rates.swift)) steps/s, \(Int((ratio * 1000).rounded()))‰ of it")
