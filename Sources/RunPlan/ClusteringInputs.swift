import ChromaticPolicy
import Randomness

/// The normalised observations over which it is measured how much an edge matters.
///
/// They are taken as independent and of unit deviation: always the same draws from N(0, I).
public enum ClusteringInputs {
  /// As many as an edge's importance is a mean over.
  static let count = 512

  /// The inputs of policies of `architecture`.
  public static func standard(for architecture: Architecture) -> [[Double]] {
    var random = RandomStream(seed: 0, purpose: .clusteringInputs)
    return (0..<count).map { _ in random.gaussians(architecture.observationSize) }
  }
}
