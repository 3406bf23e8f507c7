import EvolutionStrategies
import RunProtocol

/// What the training of a masked policy climbs: (1 − λ)·return + λ·sparsity, each by its own spread.
///
/// λ grows from 0 in proportion to the iteration, so that the mask pays for its edges later than the
/// policy learns to act.
struct MaskObjective {
  /// λ, from 0 to 1.
  let pressure: Double

  /// The objective of `iteration`.
  init(_ configuration: RunConfiguration, iteration: Int) {
    let last = max(configuration.iterations - 1, 1)
    pressure = configuration.maskPressure * min(1, Double(iteration) / Double(last))
  }

  /// The objective by index, in units of returns; nil where the evaluation failed.
  ///
  /// - Parameters:
  ///   - sparsities: share of removed edges by index, 0 to 1.
  ///   - scale: what returns will be divided by.
  ///   - perturbed: the evaluations over which the sparsity's spread is taken.
  func values(
    of returns: [Double?], sparsities: [Double], scale: Double, perturbed: Range<Int>
  ) -> [Double?] {
    let spread = ReturnSummary(Array(sparsities[perturbed]))?.normalisationScale ?? 1
    return zip(returns, sparsities).map { value, sparsity in
      value.map { (1 - pressure) * $0 + pressure * scale * sparsity / spread }
    }
  }
}
