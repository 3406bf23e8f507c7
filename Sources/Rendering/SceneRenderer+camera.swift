import CMuJoCo
import Environments

extension SceneRenderer {
  /// Degrees by which the following camera looks down.
  private static let descent = 20.0
  /// How far it stays away, in radii of the robot.
  private static let distance = 3.0

  /// The model's camera called `name`; without a name one that follows the robot.
  static func camera(
    _ name: String?, _ environment: any PhysicalEnvironment
  ) throws(RenderingError) -> mjvCamera {
    guard let name else { return following(environment) }
    let index = mj_name2id(environment.model, Int32(mjOBJ_CAMERA.rawValue), name)
    guard index >= 0 else {
      throw RenderingError(
        .noSuchCamera,
        "\(environment.modelPath) has no camera '\(name)': \(cameras(environment.model)), or leave "
          + "--camera out to follow the robot")
    }
    var camera = mjvCamera()
    mjv_defaultCamera(&camera)
    camera.type = Int32(mjCAMERA_FIXED.rawValue)
    camera.fixedcamid = index
    return camera
  }

  /// A camera beside the robot that moves with its centre of mass.
  static func following(_ environment: any PhysicalEnvironment) -> mjvCamera {
    var camera = mjvCamera()
    mjv_defaultFreeCamera(environment.model, &camera)
    guard environment.model.pointee.nbody > 1 else { return camera }
    camera.type = Int32(mjCAMERA_TRACKING.rawValue)
    camera.trackbodyid = 1
    let centre = point(environment.data.pointee.subtree_com, 1)
    camera.lookat = (centre.x, centre.y, centre.z)
    camera.distance = distance * radius(environment, around: centre)
    camera.elevation = -descent
    return camera
  }

  /// The radius of a sphere around `centre` that holds every shape of the first robot.
  private static func radius(
    _ environment: any PhysicalEnvironment, around centre: SIMD3<Double>
  ) -> Double {
    let model = environment.model.pointee
    var radius = 0.01
    for geom in 0..<Int(model.ngeom)
    where model.body_rootid[Int(model.geom_bodyid[geom])] == 1 {
      let offset = point(environment.data.pointee.geom_xpos, geom) - centre
      let reach = (offset * offset).sum().squareRoot() + model.geom_rbound[geom]
      radius = max(radius, reach)
    }
    return radius
  }

  private static func point(_ values: UnsafeMutablePointer<Double>, _ index: Int) -> SIMD3<Double> {
    SIMD3(values[3 * index], values[3 * index + 1], values[3 * index + 2])
  }

  private static func cameras(_ model: UnsafePointer<mjModel>) -> String {
    let names = (0..<model.pointee.ncam).compactMap { index in
      mj_id2name(model, Int32(mjOBJ_CAMERA.rawValue), Int32(index)).map { String(cString: $0) }
    }
    return names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
  }
}
