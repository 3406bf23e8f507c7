import CMuJoCo

extension PhysicsModel {
  /// Number of bodies, the world among them.
  var bodyCount: Int { Int(pointer.pointee.nbody) }

  /// The number of the body called `name`.
  func body(_ name: String) throws(EnvironmentError) -> Int {
    try find(mjOBJ_BODY, "body", name)
  }

  /// The number of the body that the option `option` gives by number or by name.
  func body(numberOrName text: String, option: String) throws(EnvironmentError) -> Int {
    if let number = Int(text), (0..<bodyCount).contains(number) { return number }
    let id = mj_name2id(pointer, Int32(mjOBJ_BODY.rawValue), text)
    guard id >= 0 else {
      throw EnvironmentError(
        .invalidOption,
        "--env-option \(option) is '\(text)', expected the name of a body or a number from 0 to "
          + "\(bodyCount - 1)")
    }
    return Int(id)
  }

  /// Throws unless there are `count` bodies, on which the observation of the task `id` depends.
  func checkBodyCount(_ count: Int, of id: String) throws(EnvironmentError) {
    guard bodyCount == count else {
      throw EnvironmentError(
        .invalidModel,
        "\(path) has \(bodyCount) bodies where \(id) has \(count): run ops/bootstrap to restore it")
    }
  }

  /// The number of the site called `name`.
  func site(_ name: String) throws(EnvironmentError) -> Int {
    try find(mjOBJ_SITE, "site", name)
  }

  private func find(
    _ kind: mjtObj, _ word: String, _ name: String
  ) throws(EnvironmentError) -> Int {
    let id = mj_name2id(pointer, Int32(kind.rawValue), name)
    guard id >= 0 else {
      throw EnvironmentError(
        .invalidModel, "\(path) has no \(word) '\(name)': run ops/bootstrap to restore it")
    }
    return Int(id)
  }
}

extension Simulation {
  /// Where the frame of the body `id` is, in metres.
  func position(ofBody id: Int) -> SIMD3<Double> {
    vector(data.pointee.xpos, id)
  }

  /// Where the site `id` is, in metres.
  func position(ofSite id: Int) -> SIMD3<Double> {
    vector(data.pointee.site_xpos, id)
  }

  /// Where the centre of mass of all bodies is, in metres.
  var massCentre: SIMD3<Double> {
    let masses: UnsafePointer<Double> = UnsafePointer(model.pointer.pointee.body_mass)
    var moment = SIMD3<Double>.zero
    for body in 0..<model.bodyCount {
      moment += masses[body] * vector(data.pointee.xipos, body)
    }
    return moment / NumPySum.of(model.bodyCount) { masses[$0] }
  }

  @inline(__always)
  private func vector(_ rows: UnsafePointer<Double>, _ index: Int) -> SIMD3<Double> {
    SIMD3(rows[3 * index], rows[3 * index + 1], rows[3 * index + 2])
  }

  /// Puts bodies where the present `qpos` has them; `mj_step` leaves them one time step behind.
  func updatePositions() {
    mj_kinematics(model.pointer, data)
  }
}

extension SIMD3<Double> {
  /// √(x² + y² + z²).
  var length: Double { (x * x + y * y + z * z).squareRoot() }
}
