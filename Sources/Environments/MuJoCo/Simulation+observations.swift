extension Simulation {
  /// Writes the positions after the first `skipped`, then the velocities.
  func writeState(
    skippingPositions skipped: Int, to observation: UnsafeMutableBufferPointer<Double>
  ) {
    let positions = qpos.count - skipped
    for i in 0..<positions { observation[i] = qpos[skipped + i] }
    for i in qvel.indices { observation[positions + i] = qvel[i] }
  }
}

extension UnsafeBufferPointer<Double> {
  /// Σ xᵢ², in index order.
  var sumOfSquares: Double {
    var sum = 0.0
    for x in self { sum += x * x }
    return sum
  }
}
