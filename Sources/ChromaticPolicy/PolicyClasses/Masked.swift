extension PolicyClass {
  /// A mask over the edges, one score each, trained by ES together with the weights.
  ///
  /// Training trades return for edges up to its end, and what an earlier mask returns it returns with
  /// edges that the objective has since removed: the latest policy is preferred.
  public static let masked = PolicyClass(
    "masked", summary: "a mask over the edges, trained with their weights",
    arguments: [.init(.policy, "masked")],
    weights: { $0.edgeCount }, scores: { $0.edgeCount },
    dictionary: { $1.edgeCount * Accounting.bitsToName($0) },
    removesEdges: true, prefersLatest: true)
}
