extension Simulation {
  /// Writes the positions after the first `skipped`, then the velocities, cut to ±`velocityLimit`.
  func writeState(
    skippingPositions skipped: Int, velocityLimit: Double = .infinity,
    to observation: UnsafeMutableBufferPointer<Double>
  ) {
    var writer = ObservationWriter(observation)
    writer.appendState(of: self, skippingPositions: skipped, velocityLimit: velocityLimit)
  }
}

extension UnsafeBufferPointer<Double> {
  /// Σ xᵢ², in NumPy's order.
  @inline(__always)
  var sumOfSquares: Double { NumPySum.of(count) { self[$0] * self[$0] } }
}

extension Double {
  /// The number in `range` that is closest.
  @inline(__always)
  func clipped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
