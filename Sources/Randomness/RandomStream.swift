/// What a stream of random numbers is for; streams of different purposes never overlap.
public enum StreamPurpose: UInt32, Sendable, CaseIterable {
  /// Gaussian perturbations g of the trained parameters.
  case perturbation = 1
  /// Initial states of training episodes.
  case episode = 2
  /// Partitions sampled from the controller.
  case partition = 3
  /// Initial parameters of the controller.
  case controllerInitialisation = 4
  /// Which edges a masked policy starts with.
  case maskInitialisation = 5
  /// Initial states of evaluation episodes, never used in training.
  case evaluationEpisode = 6
  /// Choices inside a controller update (replay draws, tournament draws).
  case controllerUpdate = 7
  /// Lengths of orthogonal perturbations.
  case perturbationNorm = 8
  /// What a simulated schedule draws.
  case simulation = 9
  /// Shared weights that training starts from.
  case weightInitialisation = 10
  /// Inputs over which `chromatic cluster` takes the sensitivity of edges.
  case clusteringInputs = 11
  /// The order in which rewards reach a controller that is to learn nothing from them.
  case rewardOrder = 12
  /// Which runs a bootstrap's resamples draw.
  case bootstrap = 13
}

/// A reproducible sequence of random numbers named by (seed, purpose, iteration, index).
///
/// The name alone fixes the sequence: controller, evaluator and aggregator recreate it apart.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: SIMD2<UInt32>
  @usableFromInline var counter: SIMD4<UInt32>
  @usableFromInline var block = SIMD4<UInt32>(repeating: 0)
  @usableFromInline var used = 4

  /// Opens the stream at its first number.
  public init(seed: UInt64, purpose: StreamPurpose, iteration: UInt32 = 0, index: UInt32 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    counter = SIMD4(0, index, iteration, purpose.rawValue)
  }

  /// The next 32 uniform bits.
  @inlinable
  public mutating func nextWord() -> UInt32 {
    if used == 4 {
      block = Philox.block(counter: counter, key: key)
      counter.x &+= 1
      used = 0
    }
    defer { used += 1 }
    return block[used]
  }

  /// The next 64 uniform bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return UInt64(nextWord()) << 32 | low
  }

  /// A uniform double in the open interval (0, 1), on a grid of 2⁻⁵² with half-step offset.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A uniform double between `lower` and `upper`.
  @inlinable
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * uniform()
  }

  /// A standard normal double, by inversion of one uniform.
  public mutating func gaussian() -> Double {
    NormalDistribution.quantile(uniform())
  }
}
