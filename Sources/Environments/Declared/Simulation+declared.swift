import CMuJoCo

extension Simulation {
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
