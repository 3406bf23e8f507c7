import Randomness

/// A planar cheetah with six actuated joints that is rewarded for running forward.
///
/// Gymnasium's `HalfCheetah-v5` with its default options.
struct HalfCheetah: MuJoCoTask {
  static let id = "HalfCheetah-v5"
  static let modelFile = "half_cheetah.xml"
  static let observationSize = 17
  static let stateSize = (positions: 9, velocities: 9)
  static let actionSize = 6
  static let horizon = 1000
  static let frameSkip: Int32 = 5

  private static let forwardWeight = 1.0
  private static let controlWeight = 0.1
  private static let resetNoise = 0.1

  private let duration: Double
  private var x = 0.0

  init(_ simulation: Simulation) {
    duration = Self.duration(simulation)
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    for i in simulation.qpos.indices {
      simulation.qpos[i] += random.uniform(-Self.resetNoise, Self.resetNoise)
    }
    for i in simulation.qvel.indices {
      simulation.qvel[i] += Self.resetNoise * random.gaussian()
    }
  }

  mutating func willStep(_ simulation: Simulation) {
    x = simulation.qpos[0]
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let velocity = (simulation.qpos[0] - x) / duration
    let cost = Self.controlWeight * control.sumOfSquares
    return StepOutcome(reward: Self.forwardWeight * velocity - cost, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    simulation.writeState(skippingPositions: 1, to: observation)
  }
}
