/// What one evaluation of a training iteration is; follows from its index.
public enum EvaluationKind: Sendable, Hashable {
  /// W + `sign`·σ·g of `direction` under partition `partition` of the batch.
  case perturbed(direction: Int, sign: Double, partition: Int)
  /// W itself under partition `partition` of the batch: one term of the pivot.
  case pivot(partition: Int)
  /// W itself under the controller's proposal.
  case proposal
  /// Candidate number `finalist` for the policy the run ends with, after the last iteration.
  case finalist(Int)
}

/// The evaluations of one iteration in index order.
///
/// Training iterations hold the perturbed evaluations, then the pivots, then the proposal's
/// episodes. Iteration number `iterations` holds the finalists' episodes instead.
public struct TaskSchedule: Sendable, Hashable {
  private let configuration: RunConfiguration

  /// The schedule that follows from a configuration.
  public init(_ configuration: RunConfiguration) {
    self.configuration = configuration
  }

  /// Number of partitions in a batch: one per direction, so that a pair shares its partition, or a
  /// single one where the controller learns from no rewards.
  public var batchSize: Int {
    configuration.controller.evidence == .rewards ? directionCount : 1
  }

  /// Number of directions per iteration.
  public var directionCount: Int {
    configuration.perturbations / configuration.estimator.evaluationsPerDirection
  }

  /// Number of evaluations in a training iteration.
  public var trainingCount: Int {
    configuration.perturbations + configuration.pivots + configuration.evaluations
  }

  /// Indices of the perturbed evaluations.
  public var perturbed: Range<Int> { 0..<configuration.perturbations }

  /// Indices of the pivots.
  public var pivots: Range<Int> {
    perturbed.upperBound..<perturbed.upperBound + configuration.pivots
  }

  /// Indices of the proposal's episodes.
  public var proposals: Range<Int> { pivots.upperBound..<trainingCount }

  /// Whether `iteration` compares the finalists.
  public func isFinal(_ iteration: Int) -> Bool { iteration == configuration.iterations }

  /// Whether the search step that follows `iteration` updates the controller.
  ///
  /// A controller that clusters does so in each iteration until its partition is frozen.
  public func endsBatch(_ iteration: Int) -> Bool {
    switch configuration.controller.evidence {
    case .nothing: false
    case .rewards: (iteration + 1) % configuration.searchInterval == 0
    case .latents: configuration.form(of: iteration) == .latent
    }
  }

  /// The batch of partitions that `iteration` uses.
  public func batch(of iteration: Int) -> Int {
    switch configuration.controller.evidence {
    case .nothing: 0
    case .rewards: iteration / configuration.searchInterval
    case .latents: min(iteration, configuration.freezingIteration)
    }
  }

  /// What evaluation `index` of `iteration` is, or nil if there is no such evaluation.
  public func kind(iteration: Int, index: Int) -> EvaluationKind? {
    if isFinal(iteration) {
      let finalist = index / configuration.finalistEpisodes
      return index >= 0 && finalist < configuration.finalists ? .finalist(finalist) : nil
    }
    guard (0..<configuration.iterations).contains(iteration) else { return nil }
    if perturbed.contains(index) {
      let width = configuration.estimator.evaluationsPerDirection
      let direction = index / width
      return .perturbed(
        direction: direction, sign: index % width == 0 ? 1 : -1,
        partition: direction % batchSize)
    }
    if pivots.contains(index) {
      let number = index - pivots.lowerBound
      return .pivot(partition: number * batchSize / configuration.pivots % batchSize)
    }
    return proposals.contains(index) ? .proposal : nil
  }

  /// The index that names the episode's random stream; an antithetic pair shares its episode, and where a
  /// batch shares one, so do all but the proposal's.
  public func episode(iteration: Int, index: Int) -> Int {
    guard !isFinal(iteration), (0..<pivots.upperBound).contains(index) else { return index }
    if configuration.sharesEpisodes == true { return 0 }
    return perturbed.contains(index)
      ? index / configuration.estimator.evaluationsPerDirection : index
  }
}
