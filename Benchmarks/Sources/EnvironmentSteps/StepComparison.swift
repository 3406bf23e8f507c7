import BareMuJoCoLoop
import ChromaticPolicy
import Environments
import Foundation
import Randomness

/// One MuJoCo task and a bare C loop on its model, to be run through the same steps in turn.
struct StepComparison {
  /// Environment steps per second of processor time, and the median of the rounds' ratios.
  struct Speed {
    let bare: Double
    let swift: Double
    let ratio: Double
  }

  private let environment: any StatefulEnvironment
  private let bare: OpaquePointer
  private let steps: Int
  private let start: ReplayState
  private let controls: [Double]
  private let observation: UnsafeMutableBufferPointer<Double>

  /// Episodes of `steps` steps under random controls; nil if the environment is no MuJoCo task.
  init?(_ settings: EnvironmentSettings, steps: Int) throws {
    guard
      let environment = try EnvironmentCatalog.make(settings) as? any StatefulEnvironment,
      let bare = bare_loop_make(environment.modelPath)
    else { return nil }
    var random = RandomStream(seed: 1, purpose: .episode)
    observation = .allocate(capacity: environment.observationSize)
    observation.initialize(repeating: 0)
    controls = (0..<steps * environment.actionSize).map { _ in random.uniform(-1, 1) }
    try environment.reset(&random, observation: observation)
    start = environment.state
    self.environment = environment
    self.bare = bare
    self.steps = steps
  }

  /// Both loops `rounds` times, taking turns.
  func run(rounds: Int) throws -> Speed {
    var times: [(bare: Double, swift: Double)] = []
    for _ in 0..<rounds {
      var qpos = start.qpos
      let bareTime = seconds {
        bare_loop_run(bare, &qpos, start.qvel, controls, Int32(steps), environment.frameSkip)
      }
      let swiftTime = try seconds { try stepEnvironment() }
      precondition(environment.state.qpos == qpos, "the two loops did different work")
      times.append((bareTime, swiftTime))
    }
    return Speed(
      bare: Double(steps) / median(times.map(\.bare)),
      swift: Double(steps) / median(times.map(\.swift)),
      ratio: median(times.map { $0.bare / $0.swift }))
  }

  private func stepEnvironment() throws {
    try environment.setState(
      ReplayState(qpos: start.qpos, qvel: start.qvel), observation: observation)
    let size = environment.actionSize
    try controls.withUnsafeBufferPointer { controls in
      for step in 0..<steps {
        _ = try environment.apply(
          control: UnsafeBufferPointer(rebasing: controls[step * size..<(step + 1) * size]),
          observation: observation)
      }
    }
  }

  private func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = processorSeconds()
    try work()
    return processorSeconds() - start
  }

  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
