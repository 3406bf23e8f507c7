/// What fixes which edges of a policy share a weight: the rows of the paper's Table 2, and the other
/// combinatorial structures that it names as future work.
///
/// A value that states its own rules. Every class has a file beside this one and a row in `allCases`;
/// whoever works with policies asks the value and knows none of the classes.
public struct PolicyClass: Sendable {
  /// The name in files, configurations and reports.
  public let rawValue: String
  /// What makes its policies, in a few words.
  public let summary: String
  /// How the command line names the class, the usual way first.
  public let arguments: [Argument]
  /// Whether a policy of this class may lack edges.
  public let removesEdges: Bool
  /// Whether a policy of this class may lack hidden units, which then cost no bias.
  public let deletesUnits: Bool
  /// Whether of two policies of a run the later is the better, whatever they return.
  public let prefersLatest: Bool

  let weights: @Sendable (Architecture) -> Int?
  let decisions: Decisions?
  let prescribed: (@Sendable (Architecture) -> Partition)?
  let scores: @Sendable (Architecture) -> Int
  let dictionary: @Sendable (_ weights: Int, Architecture) -> Int
  let objection: @Sendable (Architecture) -> String?

  /// A class by its rules; what is left out does not apply to it.
  ///
  /// - Parameters:
  ///   - weights: M on an architecture, nil where the user chooses it.
  ///   - decisions: what a controller decides.
  ///   - prescribed: the one partition that its policies have on an architecture.
  ///   - scores: how many scores ES trains beside weights and biases.
  ///   - dictionary: the bits that tell which edge has which of the weights.
  ///   - objection: why there is no such policy on an architecture, said after its argument.
  init(
    _ name: String, summary: String, arguments: [Argument],
    weights: @escaping @Sendable (Architecture) -> Int?, decisions: Decisions? = nil,
    prescribed: (@Sendable (Architecture) -> Partition)? = nil,
    scores: @escaping @Sendable (Architecture) -> Int = { _ in 0 },
    dictionary: @escaping @Sendable (Int, Architecture) -> Int = { _, _ in 0 },
    removesEdges: Bool = false, deletesUnits: Bool = false, prefersLatest: Bool = false,
    objection: @escaping @Sendable (Architecture) -> String? = { _ in nil }
  ) {
    rawValue = name
    self.summary = summary
    self.arguments = arguments
    self.removesEdges = removesEdges
    self.deletesUnits = deletesUnits
    self.prefersLatest = prefersLatest
    self.weights = weights
    self.decisions = decisions
    self.prescribed = prescribed
    self.scores = scores
    self.dictionary = dictionary
    self.objection = objection
  }
}

extension PolicyClass {
  /// Whether a controller has anything to decide.
  public var isSearched: Bool { decisions != nil }

  /// M where the class and the architecture fix it, nil where the user chooses it.
  public func weightCount(on architecture: Architecture) -> Int? { weights(architecture) }

  /// The partition that the class prescribes on an architecture; nil where it is learned.
  public func prescribedPartition(on architecture: Architecture) -> Partition? {
    prescribed?(architecture)
  }

  /// The decisions where a controller has none to make; nil where it has.
  public func settledDecisions(on architecture: Architecture) -> Partition? {
    isSearched ? nil : prescribedPartition(on: architecture) ?? .unstructured(on: architecture)
  }

  /// How many scores ES trains beside weights and biases.
  public func scoreCount(on architecture: Architecture) -> Int { scores(architecture) }

  /// Bits of the dictionary from edges to `weights` weights, by the rules of the paper's Table 2.
  public func dictionaryBits(weights: Int, on architecture: Architecture) -> Int {
    dictionary(weights, architecture)
  }

  /// Why an architecture has no policies of this class, to be said after its argument; nil if it has.
  public func problem(on architecture: Architecture) -> String? { objection(architecture) }
}
