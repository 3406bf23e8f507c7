import ChromaticPolicy
import Environments
import Foundation
import Randomness
import Synchronization

/// What environments read: task files, states and actions to replay, frames from Python.
extension FuzzTarget {
  static let environments = [
    text("task-file", thousands: 10, DeclaredBench.examples) { text in
      guard let bench = try? DeclaredBench.shared.get() else { return .accepted("no directory") }
      return bench.judge(text)
    },
    codec(
      "replay-state", thousands: 30,
      [
        "{\"qpos\":[0.5,-1e-3,2],\"qvel\":[0,17]}",
        "{\"time\":0.5,\"qpos\":[],\"qvel\":[1],\"act\":[0.25],\"mocap_pos\":[1,2,3]}",
      ],
      read: { try? ReplayState(json: $0, source: "state") },
      write: { state in
        let parts = state.parts.map { "\"\($0.key.rawValue)\":\($0.value)" }
        return "{\(parts.joined(separator: ","))}"
      }),
    codec(
      "replay-actions", thousands: 30, ["[0.1,-0.2]\n[1,1]\n", "\n[]\n  \n[3e-4]"],
      read: { try? ReplayActions(jsonLines: $0, source: "actions").actions },
      write: { $0.map(\.description).joined(separator: "\n") }),
    FuzzTarget("bridge-frame", thousands: 100, examples: frames, judge: judgeFrame),
  ]

  private static let frames = [
    BridgeFrame(.reset, [7]), BridgeFrame(.state, [-1.5, 0, 1, 0.25, 1e300]),
    BridgeFrame(.ready, [3, 1, 200], text: "Pendulum-v1 1.2.0"),
    BridgeFrame(.raised, [], text: "ValueError: no"),
  ].map(\.bytes)

  private static func judgeFrame(_ bytes: [UInt8]) -> Verdict {
    guard let frame = BridgeFrame(bytes), let size = BridgeFrame.size(of: bytes) else {
      return .rejected
    }
    _ = (0..<frame.numberCount).map(frame.number)
    let line = frame.text(after: frame.numberCount / 2)
    guard !line.contains(where: \.isNewline) else { return .accepted("a text of two lines") }
    return frame.bytes == Array(bytes.prefix(size)) ? .stillValid : .accepted("reads another frame")
  }
}

/// A small model beside which each input is put as its task file.
private final class DeclaredBench: Sendable {
  static let shared = Result { try DeclaredBench() }

  static let examples = [
    """
    {"body": "torso", "axis": "x", "forward_reward_weight": 1, "ctrl_cost_weight": 0.02,
    "healthy_reward": 0.1, "healthy_joint_ranges": {"pitch": [-1, 1]}, "frame_skip": 5,
    "horizon": 40, "reset_noise_scale": 0.02}
    """,
    "{}",
    "{\"healthy_joint_ranges\": {\"pitch\": [null, 0.5]}, \"terminate_when_unhealthy\": true}",
  ]

  private static let model = """
    <mujoco><worldbody><body name="torso"><joint name="pitch" type="hinge" axis="0 1 0"/>
    <geom size="0.1"/></body></worldbody><actuator><motor joint="pitch"/></actuator></mujoco>
    """

  private let directory: URL
  private let turn = Mutex(())
  private var settings: EnvironmentSettings {
    EnvironmentSettings("mjcf:\(directory.appending(path: "robot.xml").path)")
  }

  private init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "task-files-\(getpid())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(Self.model.utf8).write(to: directory.appending(path: "robot.xml"))
  }

  /// Makes the environment that `text` declares, resets it and takes a step; one text after the other, since
  /// all are the same file.
  func judge(_ text: String) -> FuzzTarget.Verdict { turn.withLock { _ in judgeAlone(text) } }

  private func judgeAlone(_ text: String) -> FuzzTarget.Verdict {
    let file = directory.appending(path: "robot.task.json")
    guard (try? Data(text.utf8).write(to: file)) != nil else { return .accepted("no file") }
    guard let environment = try? EnvironmentCatalog.make(settings) else { return .rejected }
    guard environment.observationSize > 0, environment.actionSize == 1, environment.horizon > 0
    else { return .accepted("sizes that no policy fits") }
    let observation = UnsafeMutableBufferPointer<Double>.allocate(
      capacity: environment.observationSize)
    defer { observation.deallocate() }
    observation.initialize(repeating: 0)
    var random = RandomStream(seed: 0, purpose: .simulation, iteration: 0, index: 0)
    guard (try? environment.reset(&random, observation: observation)) != nil else {
      return .rejected
    }
    let outcome = try? [0.5].withUnsafeBufferPointer { action in
      try environment.step(action: action, observation: observation)
    }
    guard let outcome else { return .rejected }
    return outcome.reward.isNaN ? .accepted("a reward that is no number") : .stillValid
  }
}
