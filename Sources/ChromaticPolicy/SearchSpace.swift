/// What a controller decides about the policies of a class on an architecture.
///
/// A decision is one of `choiceCount` values for each of `decisionCount` things: the class of an edge,
/// whether an edge is removed (1) or kept (0), whether a hidden unit is deleted (1) or kept (0).
public struct SearchSpace: Sendable, Hashable {
  /// The class of policies it holds.
  public let policyClass: PolicyClass
  /// The base graph.
  public let architecture: Architecture
  /// M, the number of weights that ES trains.
  public let weightCount: Int
  /// Whether the class of every bias is decided, too.
  public let sharesBiases: Bool

  /// The policies of a class on an architecture.
  ///
  /// - Parameters:
  ///   - policyClass: what fixes which edges share a weight.
  ///   - architecture: sizes of the layers.
  ///   - classes: M where the user chooses it; other classes have a count of their own.
  ///   - sharesBiases: whether biases are of the classes, too.
  public init(
    _ policyClass: PolicyClass, on architecture: Architecture, classes: Int,
    sharesBiases: Bool = false
  ) {
    self.sharesBiases = sharesBiases
    self.policyClass = policyClass
    self.architecture = architecture
    weightCount = policyClass.weightCount(on: architecture) ?? classes
  }

  /// What is decided; where nothing is, the partition itself stands as the decisions.
  private var decisions: Decisions { policyClass.decisions ?? .sharing }

  /// How many decisions make a policy.
  public var decisionCount: Int {
    decisions.count(architecture) + (sharesBiases ? architecture.biasCount : 0)
  }

  /// How many values a decision may take.
  public var choiceCount: Int { decisions.choices(weightCount) }

  /// The partition of the edges that follows from decisions.
  public func partition(_ decided: Partition) -> Partition {
    guard sharesBiases else { return decisions.partition(decided, architecture) }
    let edges = decided.classes.prefix(decisions.count(architecture))
    return decisions.partition(
      Partition(classes: Array(edges), classCount: decided.classCount), architecture)
  }

  /// The class of every bias that follows from decisions; nil where biases are not shared.
  public func biasClasses(_ decided: Partition) -> [Int32]? {
    sharesBiases ? Array(decided.classes.dropFirst(decisions.count(architecture))) : nil
  }
}
