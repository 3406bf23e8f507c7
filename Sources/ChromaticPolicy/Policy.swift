/// A trained policy with all it takes to use it and to know where it came from.
public struct Policy: Sendable, Hashable {
  /// The environment it was trained on, with its settings.
  public var environment: EnvironmentSettings
  /// Its layers.
  public var architecture: Architecture
  /// What fixed which edges share a weight.
  public var policyClass: PolicyClass
  /// Which edges share which weight.
  public var partition: Partition
  /// W, length M.
  public var sharedWeights: [Double]
  /// One per hidden unit.
  public var biases: [Double]
  /// The class whose weight each bias is; nil where biases are numbers of their own.
  public var biasClasses: [Int32]?
  /// Applied to observations before the first layer.
  public var normalisation: Normalisation
  /// How it was made.
  public var training: Training
  /// How well it does.
  public var evaluation: Evaluation?

  /// Where a policy came from.
  public struct Training: Sendable, Hashable, Codable {
    /// The run's seed.
    public var seed: UInt64
    /// ES iterations behind these weights.
    public var iteration: Int
    /// Which controller chose the partition.
    public var controller: String

    /// Provenance with the given parts.
    public init(seed: UInt64, iteration: Int, controller: String) {
      self.seed = seed
      self.iteration = iteration
      self.controller = controller
    }
  }

  /// Returns of unperturbed episodes, by the environment's own reward.
  public struct Evaluation: Sendable, Hashable, Codable {
    /// Mean return.
    public var mean: Double
    /// Standard deviation of the returns (n − 1), 0 for one episode.
    public var std: Double
    /// Smallest return.
    public var min: Double
    /// Largest return.
    public var max: Double
    /// Number of episodes.
    public var episodes: Int
    /// How many of them could not be simulated to their end; nil for none.
    public var failed: Int?
    /// The return that each of those counts.
    public var failureReturn: Double?

    /// The summary of `returns`, or nil if there are none.
    public init?(returns: [Double]) {
      guard let least = returns.min(), let most = returns.max() else { return nil }
      let average = returns.reduce(0, +) / Double(returns.count)
      let squares = returns.reduce(0) { $0 + ($1 - average) * ($1 - average) }
      mean = average
      std = returns.count > 1 ? (squares / Double(returns.count - 1)).squareRoot() : 0
      min = least
      max = most
      episodes = returns.count
    }
  }

  /// A policy with the given parts, whose sizes must agree.
  ///
  /// - Parameters:
  ///   - environment: what it acts in.
  ///   - architecture: sizes of the layers.
  ///   - policyClass: what fixes which edges share a weight.
  ///   - partition: the class of every edge.
  ///   - parameters: M shared weights, then one bias per hidden unit.
  ///   - biasClasses: the class whose weight each bias is, where they share.
  ///   - normalisation: of observations.
  ///   - training: the run it is from.
  ///   - evaluation: its returns; nil where it was not judged.
  public init(
    environment: EnvironmentSettings, architecture: Architecture,
    policyClass: PolicyClass = .chromatic, partition: Partition, parameters: [Double],
    biasClasses: [Int32]? = nil, normalisation: Normalisation, training: Training,
    evaluation: Evaluation? = nil
  ) {
    precondition(parameters.count == partition.classCount + architecture.biasCount)
    self.environment = environment
    self.architecture = architecture
    self.policyClass = policyClass
    self.partition = partition
    sharedWeights = Array(parameters.prefix(partition.classCount))
    biases = Array(parameters.dropFirst(partition.classCount))
    self.biasClasses = biasClasses
    self.normalisation = normalisation
    self.training = training
    self.evaluation = evaluation
  }

  /// Shared weights, then biases.
  public var parameters: [Double] { sharedWeights + biases }

  /// The classes of all edges, and behind them those of the biases where they share.
  public var decisions: Partition {
    Partition(
      classes: partition.classes + (biasClasses ?? []), classCount: partition.classCount)
  }

  /// What it costs to store.
  public var accounting: Accounting {
    Accounting(
      policyClass, weights: partition.classCount,
      biases: policyClass.deletesUnits ? hiddenUnitsInUse : nil,
      sharesBiases: biasClasses != nil, on: architecture)
  }

  /// Number of hidden units with an edge to the layer above.
  private var hiddenUnitsInUse: Int {
    matrices.dropFirst().reduce(0) { sum, matrix in
      sum
        + (matrix.first ?? []).indices.count { column in
          matrix.contains { $0[column] != Int(Partition.removed) }
        }
    }
  }

  /// A network loaded with this policy.
  public func network() -> PolicyNetwork {
    let network = PolicyNetwork(architecture)
    network.load(parameters: parameters, partition: partition, normalisation: normalisation)
    return network
  }
}

extension Policy {
  /// The classes of every weight matrix: matrices, rows (outputs), columns (inputs).
  ///
  /// Removed edges have the class `Partition.removed`.
  public var matrices: [[[Int]]] {
    var edge = 0
    return architecture.matrices.map { shape in
      (0..<shape.rows).map { _ in
        defer { edge += shape.columns }
        return partition.classes[edge..<edge + shape.columns].map(Int.init)
      }
    }
  }
}
