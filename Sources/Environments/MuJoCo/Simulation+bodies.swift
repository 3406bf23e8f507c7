import CMuJoCo

extension PhysicsModel {
  /// The number of the body called `name`.
  func body(_ name: String) throws(EnvironmentError) -> Int {
    let id = mj_name2id(pointer, Int32(mjOBJ_BODY.rawValue), name)
    guard id >= 0 else {
      throw EnvironmentError(
        .invalidModel, "\(path) has no body '\(name)': run ops/bootstrap to restore it")
    }
    return Int(id)
  }
}

extension Simulation {
  /// Where the frame of the body `id` is, in metres.
  func position(ofBody id: Int) -> SIMD3<Double> {
    let values = data.pointee.xpos + 3 * id
    return SIMD3(values[0], values[1], values[2])
  }

  /// Puts bodies where the present `qpos` has them; `mj_step` leaves them one time step behind.
  func updatePositions() {
    mj_kinematics(model.pointer, data)
  }
}
