import Randomness

/// Gaussian directions g ~ N(0, I), recreated from their names instead of being sent.
public enum Perturbation {
  /// Direction `index` of ES iteration `iteration` under the run's seed, of the given dimension.
  public static func direction(seed: UInt64, iteration: Int, index: Int, dimension: Int)
    -> [Double]
  {
    var stream = RandomStream(
      seed: seed, purpose: .perturbation, iteration: UInt32(iteration), index: UInt32(index))
    return (0..<dimension).map { _ in stream.gaussian() }
  }

  /// W + `scale`·g, where scale is σ or −σ.
  public static func apply(_ direction: [Double], scale: Double, to parameters: [Double])
    -> [Double]
  {
    precondition(direction.count == parameters.count)
    return zip(parameters, direction).map { $0 + scale * $1 }
  }
}
