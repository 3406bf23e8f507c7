import Foundation
import RunQueue

/// One line of a run's history: what an ES iteration gave.
///
/// A function of the configuration and the seed alone, so the history of a run is reproducible too.
public struct HistoryEntry: Sendable, Hashable, Codable {
  /// The iteration, from 0.
  public var iteration: Int
  /// Mean return of the perturbed evaluations.
  public var mean: Double?
  /// Standard deviation of those.
  public var std: Double?
  /// Smallest of those.
  public var min: Double?
  /// Largest return of any evaluation.
  public var max: Double?
  /// Mean return of the unperturbed evaluations over sampled partitions.
  public var pivot: Double?
  /// Mean return of the controller's proposal, unperturbed.
  public var proposal: Double?
  /// Euclidean norm of the gradient estimate.
  public var gradientNorm: Double?
  /// Euclidean norm of shared weights and biases after the step.
  public var parameterNorm: Double
  /// Environment steps of the run so far.
  public var environmentSteps: Int
  /// Failed evaluations in this iteration.
  public var failed: Int
  /// The return that each of those counts in the figures above; nil where none failed.
  public var failureReturn: Double?
  /// Whether the iteration started with a new batch of partitions after a search step.
  public var searchStep: Bool
  /// Mean entropy per edge of the controller, in nats, at the start of the iteration.
  public var entropy: Double?
  /// Mean number of classes that the batch's partitions use.
  public var classesUsed: Double?
  /// KL divergence per edge of the search step before this iteration, in nats.
  public var divergence: Double?
  /// Share of the edges that the unperturbed mask removes, 0 to 1; nil where there is no mask.
  public var sparsity: Double?

  /// True in the last iteration of a run that ends before its time; nil in any other.
  public var stopped: Bool?

  /// An entry whose returns are not known yet.
  public init(iteration: Int, parameterNorm: Double, environmentSteps: Int) {
    self.iteration = iteration
    self.parameterNorm = parameterNorm
    self.environmentSteps = environmentSteps
    failed = 0
    searchStep = false
  }

  /// The entry as one line of JSON, keys sorted.
  public var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a history entry holds a number that is not finite")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The entry in a line, or nil if the line is not one.
  public init?(line: String) {
    guard let entry = try? JSONDecoder().decode(HistoryEntry.self, from: Data(line.utf8)),
      CredibleRange.iteration.contains(entry.iteration),
      CredibleRange.runCount.contains(entry.environmentSteps),
      CredibleRange.runCount.contains(entry.failed),
      entry.numbers.allSatisfy(CredibleRange.summary.contains)
    else {
      return nil
    }
    self = entry
  }

  private var numbers: [Double] {
    [
      mean, std, min, max, pivot, proposal, gradientNorm, parameterNorm, entropy, classesUsed,
      divergence, sparsity, failureReturn,
    ].compactMap(\.self)
  }
}
