import Foundation
import Testing

@testable import Environments

@Suite struct MuJoCoGuardTests {
  @Test
  func `a fatal error of MuJoCo is thrown, and neither ends the process nor writes a log file`()
    throws
  {
    // Enough memory to compile the model, too little to find its contacts.
    let boxes = (0..<4).map {
      "<body pos='0 \(0.15 * Double($0)) 0.05'><freejoint/><geom type='box' size='.1 .1 .1'/></body>"
    }
    let model = try load(
      "<mujoco><size memory='3000'/><worldbody><geom type='plane' size='1 1 1'/>"
        + "\(boxes.joined())</worldbody></mujoco>")
    let simulation = try Simulation(model, framesPerStep: 5)
    let log = try? String(contentsOfFile: "MUJOCO_LOG.TXT", encoding: .utf8)
    let failure = #expect(throws: EnvironmentFailure.self) {
      try simulation.reset()
      try simulation.advance()
    }
    #expect(failure?.description.hasPrefix("mj_stackAlloc: out of memory") == true)
    #expect(failure?.description.contains("\n") == false)
    #expect((try? String(contentsOfFile: "MUJOCO_LOG.TXT", encoding: .utf8)) == log)
  }

  @Test func `a model file that is no MJCF is an error that names the file`() throws {
    let error = #expect(throws: EnvironmentError.self) { try load("<mujoco><body/>") }
    #expect(error?.code == .invalidModel)
    #expect(error?.description.hasPrefix("MuJoCo cannot load /") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `another MuJoCo than the one compiled against is said, with both versions`() throws {
    let error = #expect(throws: EnvironmentError.self) {
      try MuJoCoVersion.check(loaded: 3_002_007, built: 4_000_000)
    }
    #expect(error?.code == .wrongMuJoCoVersion)
    #expect(
      error?.description == "MuJoCo 3.2.7 is loaded, but this program was built for 4.0.0: "
        + "run ops/bootstrap, then make build")
    try MuJoCoVersion.check()
  }

  @Test func `a model with other actuators than the task has is refused`() throws {
    let model = try load("<mujoco><worldbody><geom size='1'/></worldbody></mujoco>")
    var options = EnvironmentOptions("HalfCheetah-v5")
    let task = try PlanarLocomotion<HalfCheetah>(&options)
    let error = #expect(throws: EnvironmentError.self) {
      try MuJoCoEnvironment(task, model: model, frameSkip: 5, horizon: 1000)
    }
    #expect(
      error?.description == "half_cheetah.xml has 0 positions, 0 velocities and 0 actuators where "
        + "HalfCheetah-v5 has 9, 9 and 6: run ops/bootstrap to restore it")
  }

  /// Compiles MJCF text through a file, as models are loaded.
  private func load(_ mjcf: String) throws -> PhysicsModel {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xml")
    try mjcf.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try PhysicsModel(path: file.path)
  }
}
