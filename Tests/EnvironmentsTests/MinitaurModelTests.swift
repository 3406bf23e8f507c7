import CMuJoCoGuard
import Foundation
import Testing

@testable import Environments

@Suite struct MinitaurModelTests {
  let model: PhysicsModel
  let simulation: Simulation

  init() throws {
    model = try MinitaurModel.shared()
    simulation = try Simulation(model, framesPerStep: 5)
    try simulation.reset()
    try simulation.forward()
  }

  @Test func `masses are those of the robot: chassis 3, sides 0.1, motors 0.25, links 0.05 kg`()
    throws
  {
    let mass = { (name: String) throws in model.pointer.pointee.body_mass[try model.body(name)] }
    #expect(abs(try mass("base") - 3) < 1e-12)
    #expect(abs(try mass("left") - 0.1) < 1e-12)
    for leg in MinitaurBody.legs {
      for direction in ["forward", "backward"] {
        #expect(abs(try mass("\(leg)_\(direction)") - 0.3) < 1e-12)
        #expect(abs(try mass("\(leg)_\(direction)_lower") - 0.05) < 1e-12)
      }
    }
    let total = (0..<Int(model.pointer.pointee.nbody)).reduce(0) {
      $0 + model.pointer.pointee.body_mass[$1]
    }
    #expect(abs(total - 6) < 1e-9)
  }

  @Test func `it has a free base, eight motors with a knee each, and eight actuators`() {
    #expect(model.positionSize == 7 + 16 && model.velocitySize == 6 + 16)
    #expect(model.controlSize == 8)
    #expect(model.pointer.pointee.neq == 4)
  }

  @Test func `hips are 0.42 m apart along and 0.2 m across, and legs splay by five degrees`() throws
  {
    let place = { (name: String) throws in simulation.position(ofBody: try model.body(name)) }
    let along = try place("front_left_forward") - place("back_left_forward")
    let across = try place("front_left_forward") - place("front_right_forward")
    #expect(abs(along.x - 0.42) < 1e-12 && abs(across.y - 0.2) < 1e-12)
    let feet = try MinitaurBody.legs.map(foot)
    #expect(feet[0].y > 0.1 && abs(feet[0].y + feet[2].y) < 1e-9)
    #expect(abs(feet[0].x - 0.21) < 1e-9 && abs(feet[1].x + 0.21) < 1e-9)
  }

  @Test func `links have their lengths, and each leg is closed at the foot`() throws {
    for leg in MinitaurBody.legs {
      for direction in ["forward", "backward"] {
        let hip = simulation.position(ofBody: try model.body("\(leg)_\(direction)"))
        let knee = simulation.position(ofBody: try model.body("\(leg)_\(direction)_lower"))
        let across = MinitaurBody.innerLinkOffset
        let reach = ArmScene.distance(hip, knee)
        #expect(reach >= 0.115 - 1e-9 && reach <= hypot(0.115, across) + 1e-9)
      }
      #expect(try ArmScene.distance(site("\(leg)_forward"), site("\(leg)_backward")) < 1e-9)
    }
  }

  @Test func `feet begin just above the ground`() throws {
    for leg in MinitaurBody.legs {
      let height = try foot(leg).z - MinitaurBody.footRadius
      #expect(height > -0.001 && height < 0.003)
    }
  }

  @Test func `the leg's length is Pythagoras' at the neutral angle, longer when extended`() {
    #expect(
      abs(MinitaurBody.legLength(atMotorAngle: .pi / 2) - (0.04 - 0.013225).squareRoot()) < 1e-12)
    #expect(MinitaurBody.legLength(atMotorAngle: .pi / 2 + 0.3) > 0.19)
    #expect(abs(MinitaurBody.legLength(atMotorAngle: .pi) - 0.315) < 1e-12)
  }

  @Test func `text that is no model is an error that names it and says why`() {
    for text in ["<mujoco><body/>", "<mujoco><worldbody><geom size='-1'/></worldbody></mujoco>"] {
      let error = #expect(throws: EnvironmentError.self) {
        try PhysicsModel(mjcf: text, name: "the draft")
      }
      #expect(error?.code == .invalidModel)
      #expect(error?.description.hasPrefix("MuJoCo cannot compile the draft: ") == true)
      #expect(error?.description.contains("\n") == false)
    }
  }

  private func foot(_ leg: String) throws -> SIMD3<Double> {
    try point(simulation.data.pointee.geom_xpos, "\(leg)_foot", mjOBJ_GEOM)
  }

  private func site(_ name: String) throws -> SIMD3<Double> {
    try point(simulation.data.pointee.site_xpos, name, mjOBJ_SITE)
  }

  private func point(
    _ places: UnsafeMutablePointer<Double>, _ name: String, _ kind: mjtObj
  ) throws -> SIMD3<Double> {
    let id = mj_name2id(model.pointer, Int32(kind.rawValue), name)
    try #require(id >= 0)
    let place = places + 3 * Int(id)
    return SIMD3(place[0], place[1], place[2])
  }
}
