import ChromaticPolicy
import Randomness

/// The mask of a masked policy: one score S per edge, trained by ES beside the weights.
///
/// An edge is there where its score is positive. That is the limit α → 0 of a soft mask
/// sigmoid(S/α); ES needs no slope of the mask itself, since it climbs the expectation over
/// S + σg, in which edge e is there with probability Φ(S_e/σ).
public enum EdgeMask {
  /// Initial scores ±σ/2: half of the edges, drawn by the run's seed, are there.
  public static func initialScores(edgeCount: Int, sigma: Double, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .maskInitialisation)
    let shuffled = (0..<edgeCount).shuffled(using: &stream)
    var scores = [Double](repeating: -sigma / 2, count: edgeCount)
    for edge in shuffled.prefix((edgeCount + 1) / 2) { scores[edge] = sigma / 2 }
    return scores
  }

  /// The partition of a masked policy: a class of its own for every edge with a positive score.
  public static func partition(scores: some Collection<Double>) -> Partition {
    let classes = scores.enumerated().map { $1 > 0 ? Int32($0) : Partition.removed }
    return Partition(classes: classes, classCount: classes.count)
  }

  /// Share of the edges that the scores remove, 0 to 1.
  public static func sparsity(scores: some Collection<Double>) -> Double {
    Double(scores.count { $0 <= 0 }) / Double(max(scores.count, 1))
  }

  /// The slope in S of the expected sparsity, divided by the sparsity's standard deviation, per edge.
  ///
  /// The number of removed edges of S + σg is a sum of independent variables with probability
  /// Φ(−S_e/σ), so that E ∂/∂S_e = −φ(S_e/σ)/σ and its variance is Σ Φ(S_e/σ)·Φ(−S_e/σ): exact,
  /// where an estimate from samples would be mostly noise.
  public static func sparsitySlope(scores: some Collection<Double>, sigma: Double) -> [Double] {
    let variance = scores.reduce(0) { sum, score in
      let present = NormalDistribution.cumulative(score / sigma)
      return sum + present * (1 - present)
    }
    let deviation = max(variance, .leastNormalMagnitude).squareRoot()
    return scores.map { -NormalDistribution.density($0 / sigma) / (sigma * deviation) }
  }
}
