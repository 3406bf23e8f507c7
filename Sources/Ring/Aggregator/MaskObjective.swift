import EvolutionStrategies
import RunPlan

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

  /// The objective's gradient, in units of returns if `unit` is their spread.
  ///
  /// - Parameters:
  ///   - gradient: of the return, by all parameters, the mask's scores last.
  ///   - scores: the mask's, where the gradient is taken.
  func gradient(return gradient: [Double], scores: [Double], sigma: Double, unit: Double)
    -> [Double]
  {
    var total = gradient.map { (1 - pressure) * $0 }
    let slope = EdgeMask.sparsitySlope(scores: scores, sigma: sigma)
    for (i, component) in zip(total.indices.suffix(scores.count), slope) {
      total[i] += pressure * unit * component
    }
    return total
  }
}
