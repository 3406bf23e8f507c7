import ChromaticPolicy
import Randomness

/// An environment of Gymnasium's, simulated by a Python process of its own.
///
/// Whatever goes wrong there is a failure, and the next episode begins with a fresh process. An
/// episode's initial state is drawn by the environment from a seed of the episode's stream.
final class BridgeEnvironment: InspectedEnvironment {
  /// The environment under `settings`; a process is started to learn its sizes.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    try describe(settings, python: PythonInterpreter())
  }

  /// The environment under `settings` in the given Python; the first instance takes the process that
  /// was started to learn its sizes.
  static func describe(
    _ settings: EnvironmentSettings, python: PythonInterpreter
  ) throws(EnvironmentError) -> EnvironmentDescription {
    let command = try BridgeCommand(settings, python: python)
    let process = try command.start()
    let handshake = process.handshake
    let spare = SpareProcess(process)
    return EnvironmentDescription(
      id: settings.id, observationSize: handshake.observationSize,
      actionSize: handshake.action.size, horizon: handshake.horizon, options: command.options,
      simulator: handshake.versions, identify: { handshake.versions }
    ) { () throws(EnvironmentError) in
      if let process = spare.take() { return BridgeEnvironment(command, process) }
      return BridgeEnvironment(command, try command.start())
    }
  }

  var observationSize: Int { handshake.observationSize }
  var actionSize: Int { handshake.action.size }
  var horizon: Int { handshake.horizon }
  var actionRule: ActionRule { handshake.rule }
  private(set) var resetSeed: UInt64?

  private let command: BridgeCommand
  private let handshake: BridgeHandshake
  private var process: BridgeProcess?
  private var steps = 0

  private init(_ command: BridgeCommand, _ process: BridgeProcess) {
    self.command = command
    self.process = process
    handshake = process.handshake
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    steps = 0
    let seed = random.nextWord() >> 1
    resetSeed = UInt64(seed)
    _ = try located { () throws(BridgeProblem) in
      try Self.read(running().reset(seed: seed), observation)
    }
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    steps += 1
    return try located { () throws(BridgeProblem) in
      for i in action.indices where !action[i].isFinite {
        throw BridgeProblem("action component \(i) is \(action[i]), not a number")
      }
      guard let process else { throw BridgeProblem("the episode is over: reset first") }
      return try Self.read(process.step(action), observation)
    }
  }

  func inspect() throws(EnvironmentFailure) -> [EnvironmentCheck.Finding] {
    try located { () throws(BridgeProblem) in try running().inspect() }
  }

  /// The process, after a problem a fresh one of the same environment.
  private func running() throws(BridgeProblem) -> BridgeProcess {
    if let process { return process }
    let fresh = try BridgeProcess(command)
    guard fresh.handshake == handshake else {
      throw BridgeProblem("started again, it has other sizes, bounds or versions than before")
    }
    process = fresh
    return fresh
  }

  /// Writes the observation in `state` and returns the rest of it.
  private static func read(
    _ state: BridgeFrame, _ observation: UnsafeMutableBufferPointer<Double>
  ) throws(BridgeProblem) -> StepOutcome {
    for i in observation.indices {
      observation[i] = state.number(3 + i)
      guard observation[i].isFinite else {
        throw BridgeProblem("observation component \(i) is \(observation[i]), not a number")
      }
    }
    let reward = state.number(0)
    guard reward.isFinite else { throw BridgeProblem("the reward is \(reward), not a number") }
    return StepOutcome(
      reward: reward, terminated: state.number(1) != 0, truncated: state.number(2) != 0)
  }

  /// Adds environment and step to a problem, after which the process is not used again.
  private func located<Value>(
    _ body: () throws(BridgeProblem) -> Value
  ) throws(EnvironmentFailure) -> Value {
    do throws(BridgeProblem) {
      return try body()
    } catch {
      process = nil
      let moment = steps == 0 ? "reset" : "step \(steps)"
      throw EnvironmentFailure("\(command.id), \(moment): \(error.reason)")
    }
  }
}
