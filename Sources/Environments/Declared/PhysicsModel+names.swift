import CMuJoCo

extension PhysicsModel {
  /// A joint with one coordinate: a hinge or a slide.
  struct ScalarJoint {
    let name: String
    /// Its place in `qpos`.
    let coordinate: Int
  }

  /// The names of all bodies but the world, in the order of their numbers 1, 2, …; "" for none.
  var bodyNames: [String] {
    (1..<max(1, Int(pointer.pointee.nbody))).map { name(mjOBJ_BODY, $0) }
  }

  /// The names of the keyframes in the order of their numbers 0, 1, …; "" for none.
  var keyframeNames: [String] { (0..<Int(pointer.pointee.nkey)).map { name(mjOBJ_KEY, $0) } }

  /// All named hinges and slides.
  var scalarJoints: [ScalarJoint] {
    (0..<Int(pointer.pointee.njnt)).compactMap { joint in
      let name = name(mjOBJ_JOINT, joint)
      let isScalar = [mjJNT_HINGE, mjJNT_SLIDE].map { Int32($0.rawValue) }.contains(
        pointer.pointee.jnt_type[joint])
      guard isScalar, !name.isEmpty else { return nil }
      return ScalarJoint(name: name, coordinate: Int(pointer.pointee.jnt_qposadr[joint]))
    }
  }

  /// A sensor of the model.
  struct Sensor {
    let name: String
    /// Where its numbers are in `sensordata`.
    let numbers: Range<Int>
  }

  /// All sensors, "" for one without a name.
  var sensors: [Sensor] {
    (0..<Int(pointer.pointee.nsensor)).map { sensor in
      let first = Int(pointer.pointee.sensor_adr[sensor])
      return Sensor(
        name: name(mjOBJ_SENSOR, sensor),
        numbers: first..<(first + Int(pointer.pointee.sensor_dim[sensor])))
    }
  }

  /// How many of the first positions say where the whole robot is on the floor: 2 under a free
  /// joint, 1 under a slide, else 0.
  var planarCoordinates: Int {
    guard pointer.pointee.njnt > 0 else { return 0 }
    switch UInt32(pointer.pointee.jnt_type[0]) {
    case mjJNT_FREE.rawValue: return 2
    case mjJNT_SLIDE.rawValue: return 1
    default: return 0
    }
  }

  private func name(_ type: mjtObj, _ index: Int) -> String {
    mj_id2name(pointer, Int32(type.rawValue), Int32(index)).map { String(cString: $0) } ?? ""
  }
}
