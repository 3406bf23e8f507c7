import Foundation
import Synchronization

/// One environment in a Python process: asked with a frame, it answers with a frame.
final class BridgeProcess {
  /// What it said of its environment.
  let handshake: BridgeHandshake
  private let channel: BridgeChannel
  private let stepLimit: Double

  /// Starts the process and waits for its handshake.
  init(_ command: BridgeCommand) throws(BridgeProblem) {
    let text =
      PackageResources.installation_py + PackageResources.inspection_py
      + PackageResources.gymnasium_bridge_py
    let script = String(decoding: text, as: UTF8.self)
    channel = BridgeChannel(
      try PythonProcess(command.python, script: script, arguments: command.arguments))
    stepLimit = command.stepLimit
    let frame = try channel.receive(within: command.startLimit)
    if let problem = BridgeProblem(frame) { throw problem }
    handshake = try BridgeHandshake(frame)
  }

  /// Starts an episode from the initial state that the environment draws with `seed`.
  func reset(seed: UInt32) throws(BridgeProblem) -> BridgeFrame {
    try ask(BridgeFrame(.reset, [Double(seed)]))
  }

  /// Applies an action of the policy, `handshake.action.size` finite numbers.
  func step(_ action: UnsafeBufferPointer<Double>) throws(BridgeProblem) -> BridgeFrame {
    try ask(BridgeFrame(.step, handshake.action.encode(action)))
  }

  /// The state that answers `request`: reward, terminated, truncated, observation.
  private func ask(_ request: BridgeFrame) throws(BridgeProblem) -> BridgeFrame {
    try channel.send(request, within: stepLimit)
    let answer = try channel.receive(within: stepLimit)
    if let problem = BridgeProblem(answer) { throw problem }
    guard answer.kind == .state, answer.numberCount == 3 + handshake.observationSize else {
      throw BridgeProblem("its Python process answered with \(answer.kind), expected a state")
    }
    return answer
  }

  /// What was found since the last call, and holds what comes from now on against the spaces.
  func inspect() throws(BridgeProblem) -> [EnvironmentCheck.Finding] {
    try channel.send(BridgeFrame(.inspect, []), within: stepLimit)
    let answer = try channel.receive(within: stepLimit)
    if let problem = BridgeProblem(answer) { throw problem }
    do {
      return try JSONDecoder().decode(
        [EnvironmentCheck.Finding].self, from: Data(answer.text().utf8))
    } catch {
      throw BridgeProblem("its Python process answered with \(answer.kind), expected a report")
    }
  }
}

/// A process that was started to be described, until the first who needs it takes it.
final class SpareProcess: Sendable {
  private let process: Mutex<BridgeProcess?>

  /// Keeps `process`.
  init(_ process: sending BridgeProcess) { self.process = Mutex(process) }

  /// The process, the first time.
  func take() -> BridgeProcess? {
    process.withLock { process in
      let taken = process
      process = nil
      return taken
    }
  }
}
