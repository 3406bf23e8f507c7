import CMuJoCo

extension Simulation {
  /// Copies the positions and velocities of the model's keyframe `index`.
  func load(keyframe index: Int) {
    let model = model.pointer.pointee
    for i in qpos.indices { qpos[i] = model.key_qpos[index * qpos.count + i] }
    for i in qvel.indices { qvel[i] = model.key_qvel[index * qvel.count + i] }
  }

  /// Σ f² over the external forces and torques on all bodies, each clipped to `range`.
  func sumOfSquaredContactForces(clippedTo range: ClosedRange<Double>) -> Double {
    var sum = 0.0
    for i in 0..<(6 * Int(model.pointer.pointee.nbody)) {
      let force = min(max(data.pointee.cfrc_ext[i], range.lowerBound), range.upperBound)
      sum += force * force
    }
    return sum
  }
}
